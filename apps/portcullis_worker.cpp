// portcullis-worker: searches images for findings beside the lane's process, started by it.

#include "apps/command_line.h"
#include "imaging/flag/flag.h"
#include "inspection/worker/worker_main.h"

int main(int argc, char** argv) {
  portcullis::apps::CommandLine app(
      "portcullis-worker",
      "Searches images for findings; started by portcullis-lane, which hands it its socket.");
  int socket_fd = -1;
  app.add_option("--socket-fd", socket_fd, "Open socket to the lane, inherited from it")
      .required()
      .range(3, 1'000'000);
  if (const auto ended = app.parse(argc, argv)) return *ended;
  namespace imaging = portcullis::imaging;
  return portcullis::inspection::run_worker(
      socket_fd,
      [](const auto& images, const auto& identity, const auto& parameters) {
        return imaging::flag(images, identity, parameters);
      },
      [](const auto& plane, const auto& grid, const auto& identity, const auto& parameters) {
        return imaging::flag(plane, grid, identity, parameters);
      });
}
