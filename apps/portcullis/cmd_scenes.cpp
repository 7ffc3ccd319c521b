#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "apps/portcullis/command.h"
#include "apps/report_error.h"
#include "core/files.h"
#include "simulator/scene/generate.h"

namespace portcullis::apps {

namespace {

struct ScenesArguments {
  std::uint64_t seed = 1;
  int count = 1;
  std::string mix = "demo";
  std::string out;
  std::string scanner = "gantry-6mv";
};

core::Status write_scenes(const ScenesArguments& arguments) {
  // The first before the folder: a mistake in the arguments leaves nothing behind.
  PC_TRY(auto scene,
         simulator::generate_scene(arguments.mix, arguments.seed, 0, arguments.scanner));
  const std::filesystem::path folder(arguments.out);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error)
    return core::Error{core::ErrorCode::kIo,
                       folder.string() + ": cannot be made: " + error.message()};
  for (int i = 0; i < arguments.count; ++i) {
    if (i > 0) {
      PC_TRY(scene, simulator::generate_scene(arguments.mix, arguments.seed, i, arguments.scanner));
    }
    // The scene last: it is valid only with the declaration it names.
    if (!scene.declaration_xml.empty())
      PC_CHECK(core::write_file_atomically(folder / (scene.name + ".xml"), scene.declaration_xml));
    PC_CHECK(
        core::write_file_atomically(folder / (scene.name + ".expect.json"), scene.expect_json));
    PC_CHECK(core::write_file_atomically(folder / (scene.name + ".toml"), scene.scene_toml));
  }
  return {};
}

}  // namespace

void add_scenes(Command app, int& exit_code) {
  auto arguments = std::make_shared<ScenesArguments>();
  auto command = app.add_subcommand(
      "scenes", "Seeded scene files with declarations and what to expect of them");
  command.add_option("--seed", arguments->seed, "Seed; the same one gives the same files")
      .required();
  command.add_option("--count", arguments->count, "How many").required().range(1, 100'000);
  command
      .add_option(
          "--mix", arguments->mix,
          "clean, hidden, nearly-empty, demo or uniform; goods by HS chapter: goods, goods-wrong, "
          "goods-two; test objects: qa-air, qa-wedge, "
          "qa-arrow, qa-wires-air, qa-wires-steel, qa-gauge, qa-shims, qa-materials, "
          "with a size and -blank where wanted (qa-arrow-320-blank)")
      .required();
  command.add_option("--out", arguments->out, "Folder to write to").required();
  command.add_option("--scanner", arguments->scanner, "Scanner the scenes name");
  command.callback([arguments, &exit_code] {
    const auto status = write_scenes(*arguments);
    exit_code = status.ok() ? 0 : report_error(status.error());
    if (status.ok())
      std::fprintf(stderr, "%d scenes in %s\n", arguments->count, arguments->out.c_str());
  });
}

}  // namespace portcullis::apps
