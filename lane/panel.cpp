#include "lane/panel.h"

#include <algorithm>
#include <array>

#include "lane/cycle.h"

namespace portcullis::lane {
namespace {

constexpr std::array<std::string_view, 7> kPanelLanguages = {"en", "fr", "es", "ar",
                                                             "de", "ru", "tr"};

struct PanelRow {
  std::uint16_t message;
  std::string_view pictogram;
  std::array<std::string_view, kPanelLanguages.size()> words;  ///< In the order above.
};

constexpr std::array<PanelRow, 10> kPanelRows = {{
    {sign::kStop, "stop", {"Stop", "Arrêtez", "Alto", "قف", "Halt", "Стоп", "Dur"}},
    {sign::kEngineOff,
     "engine_off",
     {"Engine off", "Coupez le moteur", "Apague el motor", "أطفئ المحرك", "Motor aus",
      "Заглушите двигатель", "Motoru durdurun"}},
    {sign::kLeaveCab,
     "leave_cab",
     {"Leave the cab", "Quittez la cabine", "Salga de la cabina", "غادر المقصورة",
      "Kabine verlassen", "Выйдите из кабины", "Kabinden inin"}},
    {sign::kStandHere,
     "stand_here",
     {"Stand here", "Attendez ici", "Espere aquí", "قف هنا", "Hier stehen", "Стойте здесь",
      "Burada durun"}},
    {sign::kReturn,
     "return",
     {"Return to the cab", "Remontez en cabine", "Vuelva a la cabina", "عد إلى المقصورة",
      "Zurück zur Kabine", "Вернитесь в кабину", "Kabine dönün"}},
    {sign::kDriveOn,
     "drive_on",
     {"Drive on", "Avancez", "Avance", "تقدّم", "Weiterfahren", "Проезжайте", "İlerleyin"}},
    {sign::kWait, "wait", {"Wait", "Patientez", "Espere", "انتظر", "Warten", "Ждите", "Bekleyin"}},
    {sign::kToEntry,
     "to_entry",
     {"Drive round to the entry", "Refaites le tour jusqu'à l'entrée",
      "Dé la vuelta hasta la entrada", "در إلى المدخل", "Fahren Sie zurück zur Einfahrt",
      "Вернитесь к въезду", "Girişe geri dönün"}},
    {sign::kToInspection,
     "to_inspection",
     {"Drive to the inspection place", "Allez au lieu de contrôle", "Vaya al lugar de inspección",
      "اذهب إلى مكان المعاينة", "Fahren Sie zum Kontrollplatz", "Проезжайте к месту досмотра",
      "Muayene yerine gidin"}},
    {sign::kGoToBay,
     "go_to_bay",
     {"Go to bay", "Allez à la place", "Vaya a la plaza", "اذهب إلى الموقف", "Fahren Sie zu Platz",
      "Проезжайте на место", "Park yerine gidin:"}},
}};

const PanelRow* panel_row(std::uint16_t message) {
  const bool bay = message > sign::kGoToBay && message <= sign::kGoToBay + kBaysMax;
  const std::uint16_t wanted = bay ? sign::kGoToBay : message;
  if (message == sign::kGoToBay) return nullptr;  // to no bay
  const auto row = std::find_if(kPanelRows.begin(), kPanelRows.end(),
                                [&](const PanelRow& r) { return r.message == wanted; });
  return row == kPanelRows.end() ? nullptr : &*row;
}

}  // namespace

std::string_view panel_pictogram(std::uint16_t message) noexcept {
  const PanelRow* row = panel_row(message);
  return row == nullptr ? std::string_view() : row->pictogram;
}

std::span<const std::string_view> panel_languages() noexcept {
  return kPanelLanguages;
}

std::string panel_text(std::uint16_t message, std::string_view language) {
  const PanelRow* row = panel_row(message);
  const auto known = std::find(kPanelLanguages.begin(), kPanelLanguages.end(), language);
  if (row == nullptr || known == kPanelLanguages.end()) return {};
  std::string text(row->words[static_cast<std::size_t>(known - kPanelLanguages.begin())]);
  if (row->message == sign::kGoToBay) text += " " + std::to_string(message - sign::kGoToBay);
  return text;
}

}  // namespace portcullis::lane
