"""A time stamping authority on loopback: `openssl ts` behind HTTP.

tsa_server.py FOLDER: FOLDER has ts.cnf as `openssl ts -reply` wants it; the port goes to FOLDER/port.
"""
import http.server
import os
import subprocess
import sys

folder = sys.argv[1]


class Authority(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        query = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Content-Type"] != "application/timestamp-query":
            self.send_error(415)
            return
        if self.path == "/broken":
            reply = b"no DER"
        else:
            with open(os.path.join(folder, "query.tsq"), "wb") as out:
                out.write(query)
            reply = subprocess.run(
                ["openssl", "ts", "-reply", "-config", "ts.cnf", "-queryfile", "query.tsq"],
                cwd=folder, check=True, stdout=subprocess.PIPE).stdout
            if self.path == "/stale":  # The first answer again, to whatever is asked.
                first = os.path.join(folder, "first.tsr")
                if not os.path.exists(first):
                    with open(first, "wb") as out:
                        out.write(reply)
                with open(first, "rb") as kept:
                    reply = kept.read()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Authority)
with open(os.path.join(folder, "port.new"), "w") as out:
    out.write(str(server.server_port))
os.rename(os.path.join(folder, "port.new"), os.path.join(folder, "port"))
server.serve_forever()
