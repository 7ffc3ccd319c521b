"""Figures of the real programs, as JSON lists on stdout: live_programs.py BIN_FOLDER.

lane_ready_s      portcullis-lane from its start to READY=1, as its service manager is told, with the
                  simulated hardware there; software alone: devices warm up afterwards
sim_core_percent  portcullis-sim's share of a core while its detector sends at the pulse rate (lines
                  of air, as the lane takes them to calibrate), each value over half a second
"""

import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time

SCANNER = "gantry-6mv"
STARTS = 5
WINDOW_S = 0.5
WINDOWS = 16  # while it sends
BEGIN_LIMIT_S = 60.0  # the beam is asked for, the area searched, the lamp proven before


class Installation:
    """A simulator that listens, and what a lane needs to start beside it."""

    def __init__(self, bin_folder, folder):
        self.bin = bin_folder
        self.folder = folder
        subprocess.run(
            [self.bin / "portcullis", "simulate", "--scanner", SCANNER, "--seed", "1",
             "--calibration-only", "--out", folder / "installation.pscan"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        config = folder / "sim.toml"
        config.write_text(
            f'seed = 1\nscanner = "{SCANNER}"\ncontrol_socket = "{folder}/sim.sock"\n\n'
            "[source]\nwarm_up_s = 0.3\n\n[timing]\nreact_s = 0.05\nsearch_s = 0.2\n"
            "barrier_move_s = 0.2\n")
        ready = folder / "sim-ready.json"
        self.simulator = subprocess.Popen(
            [self.bin / "portcullis-sim", "--config", config, "--ready-file", ready],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.ports = self._ports(ready)

    def _ports(self, ready):
        limit = time.monotonic() + 30
        while time.monotonic() < limit:
            if ready.exists() and (text := ready.read_text()).strip():
                return json.loads(text)
            time.sleep(0.02)  # repository-rule: a file's appearance is polled, with a limit
        raise SystemExit("live_programs: the simulator is not ready after 30 s")

    def lane_config(self, name, air_lines):
        """A lane of its own folder, which calibrates itself with so many lines of air."""
        folder = self.folder / name
        folder.mkdir()
        config = folder / "lane.toml"
        p = self.ports
        config.write_text(
            f'lane = "Bench"\ninstallation = "{self.folder}/installation.pscan"\n\n'
            f'[api]\nsocket = "{folder}/lane.sock"\n\n[storage]\nfolder = "{folder}/records"\n'
            f'free_mib_min = 64\n\n[plc]\nport = {p["plc"]}\n\n[source]\nport = {p["source_control"]}\n\n'
            f'[detector]\ncontrol_port = {p["detector_control"]}\n\n'
            f'[portal]\nport = {p["portal"]}\nsimulated = true\n\n[camera]\nport = {p["camera"]}\n\n'
            f'[gateway]\nsocket = "{folder}/gateway.sock"\n\n'
            "[cycle]\ntravel_from_mm = -3000\ntravel_to_mm = 6200\nscan_speed_mm_s = 400\n"
            f"auto_calibrate = true\ndark_lines = 200\nair_lines = {air_lines}\n")
        return config

    def start_lane(self, name, air_lines=400):
        """The lane and the seconds it took to say READY=1."""
        config = self.lane_config(name, air_lines)
        notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        notify.bind(str(config.parent / "notify.sock"))
        notify.settimeout(30)
        environment = dict(os.environ, NOTIFY_SOCKET=str(config.parent / "notify.sock"))
        began = time.monotonic()
        lane = subprocess.Popen([self.bin / "portcullis-lane", "--config", config],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        try:
            while b"READY=1" not in notify.recv(4096).split(b"\n"):
                pass
        except TimeoutError:
            stop(lane)
            raise SystemExit("live_programs: the lane is not ready after 30 s")
        return lane, time.monotonic() - began

    def simulator_status(self):
        with socket.socket(socket.AF_UNIX) as control:
            control.connect(str(self.folder / "sim.sock"))
            control.sendall(b'{"cmd":"status"}\n')
            with control.makefile() as answer:
                return json.loads(answer.readline())

    def close(self):
        stop(self.simulator)


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def shares_while_sending(installation):
    lane, _ = installation.start_lane("calibrating", air_lines=20_000)
    windows = []
    end = time.monotonic() + BEGIN_LIMIT_S
    before = installation.simulator_status()
    while time.monotonic() < end and len(windows) < WINDOWS:
        time.sleep(WINDOW_S)  # repository-rule: the length of what is measured
        now = installation.simulator_status()
        spent = now["running_s"] - before["running_s"]
        rate = (now["detector"]["datagrams"] - before["detector"]["datagrams"]) / spent
        if rate > 0:
            windows.append((rate, 100 * (now["process_cpu_s"] - before["process_cpu_s"]) / spent))
        before = now
    stop(lane)
    if len(windows) < WINDOWS:
        raise SystemExit(f"live_programs: {len(windows)} half seconds of sending, {WINDOWS} wanted")
    # Not the ones in which it began or paused.
    full = max(rate for rate, _ in windows)
    return [share for rate, share in windows if rate > 0.9 * full]


def main():
    bin_folder = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="pc-bench-") as folder:
        installation = Installation(bin_folder, pathlib.Path(folder))
        try:
            ready = []
            for i in range(STARTS + 1):
                lane, seconds = installation.start_lane(f"start{i}")
                stop(lane)
                if i > 0:  # the first one warms up
                    ready.append(seconds)
            figures = {"lane_ready_s": ready, "sim_core_percent": shares_while_sending(installation)}
        finally:
            installation.close()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
