#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "customs/gateway/gateway.h"

namespace portcullis::customs::test {

inline std::filesystem::path test_folder(const std::string& name) {
  const char* out = std::getenv("PORTCULLIS_TEST_OUT");
  const auto folder = std::filesystem::path(out != nullptr ? out : "/tmp") / "gateway" /
                      (name + "-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

inline Gateway::Config config_in(const std::filesystem::path& folder) {
  return {folder / "inbox", folder / "outbox", folder / "store.sqlite"};
}

inline std::string dec_message(const std::string& lrn, const std::string& container,
                               const std::string& plate = "", const std::string& ucr = "") {
  return fmt::format(
      "<md:MetaData xmlns:md=\"urn:wco:datamodel:WCO:DocumentMetaData-DMS:2\" "
      "xmlns=\"urn:wco:datamodel:WCO:DEC-DMS:2\">"
      "<md:WCOTypeName>DEC</md:WCOTypeName><Declaration><FunctionCode>9</"
      "FunctionCode><FunctionalReferenceID>{}</FunctionalReferenceID>"
      "<TypeCode>IMA</TypeCode><GoodsShipment><Consignment><ArrivalTransportMeans><ID>{}</"
      "ID><IdentificationTypeCode>30</IdentificationTypeCode>"
      "</ArrivalTransportMeans><TransportEquipment><SequenceNumeric>1</SequenceNumeric><ID>{}</"
      "ID></TransportEquipment></Consignment>"
      "<UCR><ID>{}</ID></UCR></GoodsShipment></Declaration></md:MetaData>",
      lrn, plate, container, ucr);
}

inline void put_file(const std::filesystem::path& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

inline std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace portcullis::customs::test
