#include "simulator/scene/scene_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <iterator>

#include "core/assert.h"
#include "simulator/scene/generate.h"
#include "simulator/scene/scene.h"

namespace portcullis::simulator {

void SceneText::object(std::string_view name, std::string_view shape,
                       const std::vector<double>& size, std::array<double, 3> center,
                       std::array<double, 3> rotation, std::string_view material, double density,
                       std::string_view truth, int item, std::string_view inside, double wall) {
  text += fmt::format(
      "\n[[object]]\nname = \"{}\"\ncontainer = 0\nshape = \"{}\"\nsize_mm = [{:.1f}]\ncenter_mm "
      "= [{:.1f}, {:.1f}, {:.1f}]\n",
      name, shape, fmt::join(size, ", "), center[0], center[1], center[2]);
  if (rotation[0] != 0 || rotation[1] != 0 || rotation[2] != 0) {
    text += fmt::format("rotation_deg = [{:.1f}, {:.1f}, {:.1f}]\n", rotation[0], rotation[1],
                        rotation[2]);
  }
  text += fmt::format("material = \"{}\"\n", material);
  if (density > 0) text += fmt::format("density_g_cm3 = {:.4f}\n", density);
  if (!inside.empty()) text += fmt::format("inside = \"{}\"\nwall_mm = {:.2f}\n", inside, wall);
  text += fmt::format("truth = \"{}\"\n", truth);
  if (item > 0) text += fmt::format("item = {}\n", item);
}

std::string draw_container_number(Random& random) {
  static constexpr std::string_view kOwners[] = {"CSQU", "MWCU", "TRLU", "PONU", "HLXU", "TGHU"};
  return make_container_number(kOwners[random.below(std::size(kOwners))],
                               static_cast<int>(random.below(1'000'000)));
}

std::string draw_plate(Random& random) {
  const auto letter = [&] { return "ABCDEFGHJKLMNPRSTUVWXYZ"[random.below(23)]; };
  return fmt::format("{}{}{:03}{}{}", letter(), letter(), random.below(1000), letter(), letter());
}

SceneMasses masses_of(const std::string& text, const std::string& name) {
  std::string without = text;
  const auto from = without.find("[declaration]");
  const auto to = without.find("[[object]]", from);
  without.erase(from, to == std::string::npos ? std::string::npos : to - from);
  const auto scene = parse_scene(without, name + ".toml", {});
  PC_ASSERT(scene.ok());
  SceneMasses masses;
  masses.load_kg = scene->containers[0].load_mass_kg;
  for (const auto& object : scene->objects) {
    if (object.is_threat()) masses.threats_kg += object.mass_kg;
  }
  return masses;
}

std::string declaration_xml(Random& random, const std::string& plate, const std::string& container,
                            const std::vector<DeclaredLine>& lines) {
  double packages = 0;
  double gross = 0;
  for (const auto& line : lines) {
    packages += line.packages;
    gross += line.gross_kg;
  }
  const std::string lrn = fmt::format("PC{:010}", random.below(10'000'000'000ULL));
  std::string xml = fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<md:MetaData xmlns:md="urn:wco:datamodel:WCO:DocumentMetaData-DMS:2" xmlns="urn:wco:datamodel:WCO:DEC-DMS:2" xmlns:p1="urn:wco:datamodel:WCO:Declaration_DS:DMS:2">
  <md:WCODataModelVersionCode>3.6</md:WCODataModelVersionCode>
  <md:WCOTypeName>DEC</md:WCOTypeName>
  <md:ResponsibleCountryCode>GB</md:ResponsibleCountryCode>
  <md:ResponsibleAgencyName>HMRC</md:ResponsibleAgencyName>
  <md:AgencyAssignedCustomizationVersionCode>v2.1</md:AgencyAssignedCustomizationVersionCode>
  <Declaration>
    <AcceptanceDateTime>
      <p1:DateTimeString formatCode="304">20260105080000Z</p1:DateTimeString>
    </AcceptanceDateTime>
    <FunctionCode>9</FunctionCode>
    <FunctionalReferenceID>{}</FunctionalReferenceID>
    <TypeCode>IMA</TypeCode>
    <GoodsItemQuantity>{}</GoodsItemQuantity>
    <TotalGrossMassMeasure unitCode="KGM">{:.0f}</TotalGrossMassMeasure>
    <TotalPackageQuantity>{:.0f}</TotalPackageQuantity>
    <Declarant>
      <ID>GB123456789000</ID>
    </Declarant>
    <GoodsShipment>
      <Consignment>
        <ContainerCode>1</ContainerCode>
        <ArrivalTransportMeans>
          <ID>{}</ID>
          <IdentificationTypeCode>30</IdentificationTypeCode>
        </ArrivalTransportMeans>
        <TransportEquipment>
          <SequenceNumeric>1</SequenceNumeric>
          <ID>{}</ID>
          <Seal>
            <SequenceNumeric>1</SequenceNumeric>
            <ID>SL{:06}</ID>
          </Seal>
        </TransportEquipment>
      </Consignment>
      <Consignor>
        <Name>Simulated Export Ltd</Name>
      </Consignor>
      <Destination>
        <CountryCode>GB</CountryCode>
      </Destination>
      <ExportCountry>
        <ID>NL</ID>
      </ExportCountry>
)",
      lrn, lines.size(), gross, packages, plate, container, random.below(1'000'000));
  int number = 0;
  for (const auto& line : lines) {
    xml += fmt::format(
        R"(      <GovernmentAgencyGoodsItem>
        <SequenceNumeric>{}</SequenceNumeric>
        <Commodity>
          <Description>{}</Description>
          <Classification>
            <ID>{}</ID>
            <IdentificationTypeCode>TSP</IdentificationTypeCode>
          </Classification>
          <GoodsMeasure>
            <GrossMassMeasure unitCode="KGM">{:.0f}</GrossMassMeasure>
            <NetNetWeightMeasure unitCode="KGM">{:.0f}</NetNetWeightMeasure>
          </GoodsMeasure>
          <TransportEquipment>
            <SequenceNumeric>1</SequenceNumeric>
            <ID>{}</ID>
          </TransportEquipment>
        </Commodity>
        <Packaging>
          <SequenceNumeric>1</SequenceNumeric>
          <MarksNumbersID>PC {}</MarksNumbersID>
          <QuantityQuantity>{:.0f}</QuantityQuantity>
          <TypeCode>{}</TypeCode>
        </Packaging>
      </GovernmentAgencyGoodsItem>
)",
        ++number, line.description, line.hs_code, line.gross_kg, line.net_kg, container, number,
        line.packages, line.package);
  }
  xml += fmt::format(
      R"(      <Importer>
        <ID>GB987654321000</ID>
      </Importer>
      <UCR>
        <TraderAssignedReferenceID>6GB123456789000-{}</TraderAssignedReferenceID>
      </UCR>
    </GoodsShipment>
  </Declaration>
</md:MetaData>
)",
      lrn);
  return xml;
}

}  // namespace portcullis::simulator
