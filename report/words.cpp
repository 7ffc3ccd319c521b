#include "report/words.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/assert.h"

namespace portcullis::report {
namespace {

constexpr Phrase kPhrases[] = {
    // The page
    {"Case report", "Rapport de cas", "Informe del caso", "تقرير الحالة"},
    {"page %1 of %2", "page %1 sur %2", "página %1 de %2", "الصفحة %1 من %2"},
    {"SIMULATION - no real vehicle", "SIMULATION - pas de véhicule réel",
     "SIMULACIÓN - sin vehículo real", "محاكاة - لا مركبة حقيقية"},
    {"none", "néant", "ninguno", "لا يوجد"},
    {"not known", "inconnu", "desconocido", "غير معروف"},
    {"not recorded", "non enregistré", "no registrado", "غير مسجَّل"},
    // Summary
    {"Case", "Cas", "Caso", "الحالة"},
    {"Lane", "Voie", "Vía", "المسار"},
    {"Plate", "Plaque", "Matrícula", "اللوحة"},
    {"Containers", "Conteneurs", "Contenedores", "الحاويات"},
    {"Container", "Conteneur", "Contenedor", "الحاوية"},
    {"check digit wrong", "chiffre de contrôle faux", "dígito de control erróneo",
     "رقم التحقق خاطئ"},
    {"Identity", "Identité", "Identidad", "الهوية"},
    {"Scan", "Scan", "Escaneo", "المسح"},
    {"Verdict of the machine", "Avis de la machine", "Dictamen de la máquina", "رأي الآلة"},
    {"Decision", "Décision", "Decisión", "القرار"},
    {"Reasons", "Motifs", "Motivos", "الأسباب"},
    {"not decided yet", "pas encore décidé", "aún sin decidir", "لم يُبت فيها بعد"},
    {"nothing remarkable", "rien de remarquable", "nada destacable", "لا شيء لافت"},
    {"to be looked at", "à examiner", "por examinar", "تحتاج إلى نظر"},
    {"to be inspected", "à contrôler", "por inspeccionar", "تحتاج إلى معاينة"},
    {"complete", "complet", "completo", "مكتمل"},
    {"partial", "partiel", "parcial", "جزئي"},
    {"aborted", "interrompu", "abortado", "متوقف"},
    {"running", "en cours", "en curso", "جارٍ"},
    {"No scan was made", "Aucun scan effectué", "No se hizo ningún escaneo", "لم يُجرَ أي مسح"},
    // Image
    {"Image", "Image", "Imagen", "الصورة"},
    {"Standard image, high energy", "Image standard, haute énergie",
     "Imagen estándar, alta energía", "الصورة القياسية، طاقة عالية"},
    {"Material image", "Image des matières", "Imagen de materiales", "صورة المواد"},
    {"orange organic, green light inorganic, blue metal, violet heavy metal, grey too thick",
     "orange organique, vert inorganique léger, bleu métal, violet métal lourd, gris trop épais",
     "naranja orgánico, verde inorgánico ligero, azul metal, violeta metal pesado, gris demasiado "
     "grueso",
     "البرتقالي عضوي، الأخضر غير عضوي خفيف، الأزرق معدن، البنفسجي معدن ثقيل، الرمادي أسمك من أن "
     "يُحدَّد"},
    {"Shown with", "Affichée avec", "Mostrada con", "معروضة بـ"},
    {"contrast %1 to %2 (attenuation), exponent %3, light ground",
     "contraste de %1 à %2 (atténuation), exposant %3, fond clair",
     "contraste de %1 a %2 (atenuación), exponente %3, fondo claro",
     "التباين من %1 إلى %2 (التوهين)، الأس %3، خلفية فاتحة"},
    {"%1 x %2 pixels of %3 mm", "%1 x %2 pixels de %3 mm", "%1 x %2 píxeles de %3 mm",
     "%1 × %2 بكسل، كل منها %3 مم"},
    {"No image is stored with this scan: %1", "Aucune image n'est enregistrée avec ce scan : %1",
     "No hay imagen guardada con este escaneo: %1", "لا صورة محفوظة مع هذا المسح: %1"},
    {"Remarks on the image", "Remarques sur l'image", "Observaciones sobre la imagen",
     "ملاحظات على الصورة"},
    // Findings
    {"Findings", "Signalements", "Hallazgos", "الملاحظات"},
    {"No.", "N°", "N.º", "رقم"},
    {"Kind", "Nature", "Tipo", "النوع"},
    {"Score", "Score", "Valor", "الدرجة"},
    {"What was found", "Constat", "Lo hallado", "ما وُجد"},
    {"Place", "Endroit", "Lugar", "الموضع"},
    {"Answer", "Réponse", "Respuesta", "الإجابة"},
    {"Nothing was marked in this image", "Rien n'a été signalé sur cette image",
     "Nada señalado en esta imagen", "لم يُحدَّد شيء في هذه الصورة"},
    {"The scan has not been judged", "Le scan n'a pas été évalué", "El escaneo no se ha evaluado",
     "لم يُقيَّم المسح"},
    {"not answered", "sans réponse", "sin respuesta", "دون إجابة"},
    {"agreed", "accepté", "aceptado", "موافق عليها"},
    {"rejected", "rejeté", "rechazado", "مرفوضة"},
    {"unsure", "incertain", "dudoso", "غير متأكد"},
    {"from the front %1 m, height %2 m, %3 x %4 m", "à %1 m de l'avant, hauteur %2 m, %3 x %4 m",
     "a %1 m del frente, altura %2 m, %3 x %4 m",
     "على بُعد %1 م من المقدمة، الارتفاع %2 م، ‏%3 × %4 م"},
    {"Small dense object", "Petit objet dense", "Objeto denso pequeño", "جسم صغير كثيف"},
    {"Shielding", "Blindage", "Blindaje", "تدريع"},
    {"Concealed vehicle", "Véhicule dissimulé", "Vehículo oculto", "مركبة مخفية"},
    {"Hidden compartment", "Cache aménagée", "Compartimento oculto", "مخبأ"},
    {"False wall", "Fausse paroi", "Pared falsa", "جدار زائف"},
    {"Anomalous region", "Zone anormale", "Zona anómala", "منطقة شاذة"},
    {"Material differs from declaration", "Matière différente de la déclaration",
     "El material difiere de lo declarado", "المادة تخالف البيان"},
    {"Mass differs from declaration", "Masse différente de la déclaration",
     "La masa difiere de lo declarado", "الكتلة تخالف البيان"},
    {"Not as empty as declared", "Pas vide comme déclaré", "No está vacío como se declaró",
     "ليست فارغة كما صُرّح"},
    {"Count differs from declaration", "Nombre différent de la déclaration",
     "La cantidad difiere de lo declarado", "العدد يخالف البيان"},
    {"Radiation", "Rayonnement", "Radiación", "الإشعاع"},
    {"Image quality", "Qualité d'image", "Calidad de imagen", "جودة الصورة"},
    // Checks
    {"Scan against declaration", "Image et déclaration", "Imagen y declaración",
     "الصورة مقابل البيان"},
    {"Check", "Vérification", "Comprobación", "التحقق"},
    {"Outcome", "Résultat", "Resultado", "النتيجة"},
    {"Seen", "Vu", "Visto", "المرئي"},
    {"Expected", "Attendu", "Esperado", "المتوقع"},
    {"How sure", "Certitude", "Certeza", "مدى اليقين"},
    {"agrees", "concorde", "concuerda", "مطابق"},
    {"differs", "diffère", "difiere", "مختلف"},
    {"cannot say", "indéterminé", "indeterminado", "يتعذر الحكم"},
    {"No check was made", "Aucune vérification effectuée", "No se hizo ninguna comprobación",
     "لم يُجرَ أي تحقق"},
    {"Mass", "Masse", "Masa", "الكتلة"},
    {"Empty", "Vide", "Vacío", "فراغ"},
    {"Material", "Matière", "Material", "المادة"},
    {"Packages", "Colis", "Bultos", "الطرود"},
    {"Declaration", "Déclaration", "Declaración", "البيان"},
    {"Customs", "Douane", "Aduana", "الجمارك"},
    {"Revenue", "Recettes", "Ingresos", "الإيرادات"},
    {"Load by the image", "Chargement d'après l'image", "Carga según la imagen",
     "الحمولة بحسب الصورة"},
    {"Load, kg", "Charge, kg", "Carga, kg", "الحمولة، كغ"},
    {"90 % interval, kg", "intervalle à 90 %, kg", "intervalo del 90 %, kg", "مجال 90 %، كغ"},
    {"Filled, %", "Rempli, %", "Lleno, %", "الامتلاء، %"},
    // Radiation
    {"no alarm", "pas d'alarme", "sin alarma", "لا إنذار"},
    {"gamma alarm", "alarme gamma", "alarma gamma", "إنذار غاما"},
    {"neutron alarm", "alarme neutrons", "alarma de neutrones", "إنذار نيوترونات"},
    {"Measurement", "Mesure", "Medición", "القياس"},
    {"valid, from end to end", "valable, d'un bout à l'autre", "válida, de extremo a extremo",
     "صالح، من أول المركبة إلى آخرها"},
    {"not valid", "non valable", "no válida", "غير صالح"},
    {"Highest gamma excess, sigma", "Excès gamma maximal, sigma", "Exceso gamma máximo, sigma",
     "أعلى زيادة غاما، سيغما"},
    {"not stored with the scan", "non enregistrée avec le scan", "no guardada con el escaneo",
     "غير محفوظ مع المسح"},
    {"No radiation measurement is stored", "Aucune mesure de rayonnement enregistrée",
     "No hay medición de radiación guardada", "لا قياس إشعاعي محفوظ"},
    // Declaration
    {"Declared", "Déclaré", "Declarado", "المصرّح به"},
    {"No declaration is bound to this scan", "Aucune déclaration n'est liée à ce scan",
     "Ninguna declaración está vinculada a este escaneo", "لا بيان مرتبط بهذا المسح"},
    {"Chosen among several declarations by", "Choisie parmi plusieurs déclarations par",
     "Elegida entre varias declaraciones por", "اختاره من بين عدة بيانات"},
    {"Set aside as not of this vehicle", "Écartées, pas de ce véhicule",
     "Apartadas, no son de este vehículo", "استُبعدت لأنها لا تخص هذه المركبة"},
    {"System", "Système", "Sistema", "النظام"},
    {"Procedure", "Régime", "Régimen", "الإجراء"},
    {"Declarant", "Déclarant", "Declarante", "المصرِّح"},
    {"Consignor", "Expéditeur", "Expedidor", "المُرسِل"},
    {"Consignee", "Destinataire", "Destinatario", "المُرسَل إليه"},
    {"Origin and destination", "Origine et destination", "Origen y destino", "المنشأ والوجهة"},
    {"Gross mass", "Masse brute", "Masa bruta", "الكتلة الإجمالية"},
    {"Taken on", "Reçue le", "Recibida el", "استُلم في"},
    {"Bound by", "Liée par", "Vinculada por", "رُبط بواسطة"},
    {"Seals", "Scellés", "Precintos", "الأختام"},
    {"declared empty", "déclaré vide", "declarado vacío", "مصرّح بأنها فارغة"},
    {"declared full", "déclaré plein", "declarado lleno", "مصرّح بأنها محمّلة"},
    {"Goods", "Marchandises", "Mercancías", "البضائع"},
    {"HS code", "Code SH", "Código SA", "رمز النظام المنسق"},
    {"Gross, kg", "Brut, kg", "Bruto, kg", "إجمالي، كغ"},
    {"Net, kg", "Net, kg", "Neto, kg", "صافٍ، كغ"},
    // Decisions
    {"Readings and decisions", "Lectures et décisions", "Lecturas y decisiones",
     "القراءات والقرارات"},
    {"Nobody has decided on this case", "Personne n'a décidé de ce cas",
     "Nadie ha decidido sobre este caso", "لم يبت أحد في هذه الحالة"},
    {"When", "Quand", "Cuándo", "متى"},
    {"By", "Par", "Por", "بواسطة"},
    {"What", "Quoi", "Qué", "ماذا"},
    {"Reason", "Motif", "Motivo", "السبب"},
    {"On the image, s", "Sur l'image, s", "En la imagen, s", "على الصورة، ث"},
    {"reading", "lecture", "lectura", "قراءة"},
    {"decision", "décision", "decisión", "قرار"},
    {"override", "décision substituée", "decisión sustituida", "قرار بديل"},
    {"whole vehicle", "véhicule entier", "vehículo entero", "المركبة كلها"},
    {"What the screen showed when it was decided", "Ce que l'écran montrait lors de la décision",
     "Lo que mostraba la pantalla al decidir", "ما عرضته الشاشة عند اتخاذ القرار"},
    {"standard and material image", "image standard et image des matières",
     "imagen estándar e imagen de materiales", "الصورة القياسية وصورة المواد"},
    {"standard image", "image standard", "imagen estándar", "الصورة القياسية"},
    {"material image", "image des matières", "imagen de materiales", "صورة المواد"},
    {"metal only", "métal seul", "solo metal", "المعدن فقط"},
    {"organic only", "organique seul", "solo orgánico", "العضوي فقط"},
    {"contrast %1 to %2 (attenuation), exponent %3",
     "contraste de %1 à %2 (atténuation), exposant %3",
     "contraste de %1 a %2 (atenuación), exponente %3", "التباين من %1 إلى %2 (التوهين)، الأس %3"},
    {"low energy alone", "basse énergie seule", "solo baja energía", "الطاقة المنخفضة وحدها"},
    {"edges", "contours", "bordes", "الحواف"},
    {"local contrast", "contraste local", "contraste local", "التباين الموضعي"},
    {"noise taken down", "bruit réduit", "ruido reducido", "ضجيج مخفَّض"},
    {"inverse", "inversé", "invertido", "معكوس"},
    {"heavy metal marked", "métal lourd marqué", "metal pesado marcado", "المعدن الثقيل معلَّم"},
    {"colours no. %1", "couleurs n° %1", "colores n.º %1", "الألوان رقم %1"},
    {"the whole vehicle in sight", "tout le véhicule visible", "todo el vehículo a la vista",
     "المركبة كلها ظاهرة"},
    {"in sight %1 x %2 pixels from column %3, row %4 (frame V)",
     "visibles %1 x %2 pixels depuis la colonne %3, ligne %4 (cadre V)",
     "a la vista %1 x %2 píxeles desde la columna %3, fila %4 (recuadro V)",
     "ظاهر %1 × %2 بكسل من العمود %3، الصف %4 (الإطار V)"},
    {"enlarged %1 times", "agrandi %1 fois", "ampliado %1 veces", "مكبَّر %1 مرة"},
    {"%1 % of the cargo was never shown at 1:2 or closer",
     "%1 % du chargement n'ont jamais été affichés à 1:2 ou de plus près",
     "%1 % de la carga no se ha mostrado nunca a 1:2 o más de cerca",
     "لم يُعرض %1 % من الحمولة قط بمقياس 1:2 أو أقرب"},
    {"Contrast and sight of the decision", "Contraste et champ de la décision",
     "Contraste y campo de la decisión", "تباين القرار ومجاله"},
    {"drawn without enhancements and colours", "dessinée sans traitements ni couleurs",
     "dibujada sin realces ni colores", "مرسومة بلا تحسينات ولا ألوان"},
    {"the lane itself", "la voie elle-même", "la propia vía", "المسار نفسه"},
    {"Release", "Mainlevée", "Levante", "إفراج"},
    {"Documentary check", "Contrôle documentaire", "Control documental", "تدقيق المستندات"},
    {"Physical inspection", "Contrôle physique", "Inspección física", "معاينة فعلية"},
    {"Hold", "Retenir", "Retener", "حجز"},
    {"Radiation secondary", "Second contrôle radiologique", "Segundo control radiológico",
     "فحص إشعاعي ثانٍ"},
    {"Other agency", "Autre service", "Otro organismo", "جهة أخرى"},
    {"Scan again", "Rescanner", "Volver a escanear", "إعادة المسح"},
    {"Isolate", "Isoler", "Aislar", "عزل"},
    {"Image agrees with the declaration", "L'image concorde avec la déclaration",
     "La imagen concuerda con la declaración", "الصورة تطابق البيان"},
    {"What was found belongs to the goods", "Ce qui est signalé fait partie des marchandises",
     "Lo hallado pertenece a la mercancía", "ما وُجد جزء من البضائع"},
    {"Documents explain the difference", "Les documents expliquent l'écart",
     "Los documentos explican la diferencia", "المستندات تفسر الفرق"},
    {"Empty, as declared", "Vide, comme déclaré", "Vacío, como se declaró", "فارغة كما صُرّح"},
    {"Radiation measured by hand: harmless", "Rayonnement mesuré au portatif : sans danger",
     "Radiación medida a mano: inofensiva", "قيس الإشعاع يدويًا: غير ضار"},
    {"No declaration, or an incomplete one", "Déclaration absente ou incomplète",
     "Declaración ausente o incompleta", "لا بيان، أو بيان ناقص"},
    {"Goods, mass or count differ", "Marchandises, masse ou nombre diffèrent",
     "Difieren mercancía, masa o cantidad", "اختلاف في البضائع أو الكتلة أو العدد"},
    {"Container, plate or seal differs", "Conteneur, plaque ou scellé diffère",
     "Difiere contenedor, matrícula o precinto", "اختلاف في الحاوية أو اللوحة أو الختم"},
    {"Suspect object or place in the image", "Objet ou endroit suspect sur l'image",
     "Objeto o lugar sospechoso en la imagen", "جسم أو موضع مشبوه في الصورة"},
    {"Part of the load cannot be judged", "Une partie du chargement ne peut être jugée",
     "Parte de la carga no se puede juzgar", "جزء من الحمولة لا يمكن الحكم عليه"},
    {"Container or vehicle looks altered", "Conteneur ou véhicule semble modifié",
     "Contenedor o vehículo parece alterado", "الحاوية أو المركبة تبدو معدّلة"},
    {"Second opinion wanted", "Second avis souhaité", "Se desea segunda opinión", "مطلوب رأي ثانٍ"},
    {"Waiting for documents", "En attente de documents", "En espera de documentos",
     "في انتظار المستندات"},
    {"Waiting for an order", "En attente d'un ordre", "En espera de una orden", "في انتظار أمر"},
    {"Alarm of the radiation portal", "Alarme du portique radiologique",
     "Alarma del pórtico de radiación", "إنذار بوابة الإشعاع"},
    {"Shielding in the image", "Blindage sur l'image", "Blindaje en la imagen", "تدريع في الصورة"},
    {"Police", "Police", "Policía", "الشرطة"},
    {"Health, food or plant inspection", "Contrôle sanitaire, alimentaire ou végétal",
     "Inspección sanitaria, alimentaria o vegetal", "رقابة الصحة أو الغذاء أو النبات"},
    {"Immigration", "Immigration", "Inmigración", "الهجرة"},
    {"Dangerous goods", "Marchandises dangereuses", "Mercancías peligrosas", "بضائع خطرة"},
    {"Parts of the image are missing", "Des parties de l'image manquent",
     "Faltan partes de la imagen", "أجزاء من الصورة مفقودة"},
    {"The vehicle moved", "Le véhicule a bougé", "El vehículo se movió", "تحركت المركبة"},
    {"Not all of the vehicle was scanned", "Véhicule scanné en partie seulement",
     "No se escaneó todo el vehículo", "لم تُمسح المركبة كلها"},
    {"A person may be inside", "Une personne peut être dedans", "Puede haber una persona",
     "قد يكون بداخلها شخص"},
    {"Explosive suspected", "Explosif suspecté", "Posible explosivo", "اشتباه بمتفجرات"},
    {"Drawn at random to be opened", "Tiré au sort pour être ouvert", "Sorteado para ser abierto",
     "اختير عشوائيًا ليُفتح"},
    {"Nobody decided in time", "Personne n'a décidé à temps", "Nadie decidió a tiempo",
     "لم يبت أحد في الوقت المحدد"},
    {"The lane did not carry it out", "La voie ne l'a pas exécuté", "La vía no lo ejecutó",
     "لم ينفذه المسار"},
    // Physical inspection
    {"Outcome of the inspection", "Résultat du contrôle", "Resultado de la inspección",
     "نتيجة المعاينة"},
    {"Seals found", "Scellés trouvés", "Precintos hallados", "الأختام الموجودة"},
    {"Seals put", "Scellés posés", "Precintos puestos", "الأختام الموضوعة"},
    {"How much", "Quantité", "Cantidad", "الكمية"},
    {"found", "trouvé", "hallado", "وُجد"},
    {"not found", "non trouvé", "no hallado", "لم يوجد"},
    {"not examined", "non examiné", "no examinado", "لم يُفحص"},
    {"without finding", "sans signalement", "sin hallazgo", "بلا ملاحظة"},
    // Marks
    {"Marks on the image", "Marques sur l'image", "Marcas en la imagen", "العلامات على الصورة"},
    {"Words", "Texte", "Texto", "النص"},
    {"length", "longueur", "longitud", "طول"},
    {"region", "zone", "zona", "منطقة"},
    {"lasso", "tracé", "trazo", "خط محيط"},
    {"profile", "profil", "perfil", "مقطع"},
    {"box", "cadre", "recuadro", "إطار"},
    {"ellipse", "ellipse", "elipse", "قطع ناقص"},
    {"arrow", "flèche", "flecha", "سهم"},
    {"text", "texte", "texto", "نص"},
    // Times
    {"Times", "Horodatage", "Tiempos", "الأوقات"},
    {"Arrival", "Arrivée", "Llegada", "الوصول"},
    {"Start of the scan", "Début du scan", "Inicio del escaneo", "بدء المسح"},
    {"End of the scan", "Fin du scan", "Fin del escaneo", "نهاية المسح"},
    {"Image and findings ready", "Image et signalements prêts", "Imagen y hallazgos listos",
     "جاهزية الصورة والملاحظات"},
    {"First decision", "Première décision", "Primera decisión", "القرار الأول"},
    {"Last decision", "Dernière décision", "Última decisión", "القرار الأخير"},
    {"All times are UTC.", "Toutes les heures sont en UTC.", "Todas las horas son UTC.",
     "كل الأوقات بالتوقيت العالمي UTC."},
    // Evidence
    {"Evidence", "Preuves", "Pruebas", "الأدلة"},
    {"Scan file", "Fichier du scan", "Archivo del escaneo", "ملف المسح"},
    {"Seal of the scan (SHA-256)", "Sceau du scan (SHA-256)", "Sello del escaneo (SHA-256)",
     "ختم المسح (SHA-256)"},
    {"Seal in the file", "Sceau dans le fichier", "Sello en el archivo", "الختم في الملف"},
    {"the same", "identique", "el mismo", "مطابق له"},
    {"ANOTHER: %1", "AUTRE : %1", "OTRO: %1", "مختلف: %1"},
    {"Lines, lost", "Lignes, perdues", "Líneas, perdidas", "الأسطر، المفقودة"},
    {"Calibration", "Étalonnage", "Calibración", "المعايرة"},
    {"Software of the scan", "Logiciel du scan", "Programa del escaneo", "برنامج المسح"},
    {"Software of this report", "Logiciel de ce rapport", "Programa de este informe",
     "برنامج هذا التقرير"},
    {"Judgement", "Évaluation", "Evaluación", "التقييم"},
    {"version %1", "version %1", "versión %1", "الإصدار %1"},
    {"Image (SHA-256)", "Image (SHA-256)", "Imagen (SHA-256)", "الصورة (SHA-256)"},
    {"Entries in the audit log", "Entrées du journal d'audit", "Entradas del registro de auditoría",
     "قيود سجل التدقيق"},
    {"Entry", "Entrée", "Entrada", "القيد"},
    {"Log", "Journal", "Registro", "السجل"},
    {"Entries, root", "Entrées, racine", "Entradas, raíz", "القيود، الجذر"},
    {"Key of the log", "Clé du journal", "Clave del registro", "مفتاح السجل"},
    {"Inclusion proof of entry %1", "Preuve d'inclusion de l'entrée %1",
     "Prueba de inclusión de la entrada %1", "إثبات تضمين القيد %1"},
    {"No audit log could be read: %1", "Aucun journal d'audit lisible : %1",
     "No se pudo leer el registro de auditoría: %1", "تعذرت قراءة سجل التدقيق: %1"},
    {"The log holds no entry of this case", "Le journal n'a aucune entrée de ce cas",
     "El registro no tiene ninguna entrada de este caso", "لا قيد لهذه الحالة في السجل"},
    {"How to verify", "Comment vérifier", "Cómo verificar", "كيفية التحقق"},
    {"The square code holds the proof below. Save its text as a file and run the command with the "
     "log's key, taken from elsewhere than this page:",
     "Le code carré contient la preuve ci-dessous. Enregistrer son texte dans un fichier et lancer "
     "la commande avec la clé du journal, prise ailleurs que sur cette page :",
     "El código cuadrado contiene la prueba de abajo. Guarde su texto en un archivo y ejecute la "
     "orden con la clave del registro, obtenida de otra fuente que esta página:",
     "يحمل الرمز المربع الإثبات المبيَّن أدناه. احفظ نصه في ملف وشغّل الأمر بمفتاح السجل المأخوذ من "
     "مصدر غير هذه الصفحة:"},
    {"The scan's file is the one that was sealed where this command finds the seal above:",
     "Le fichier du scan est celui qui a été scellé si cette commande trouve le sceau ci-dessus :",
     "El archivo del escaneo es el sellado si esta orden halla el sello de arriba:",
     "ملف المسح هو الذي خُتم إذا وجد هذا الأمر الختم المذكور أعلاه:"},
};

const Phrase* find_phrase(std::string_view english) {
  const auto* found = std::find_if(std::begin(kPhrases), std::end(kPhrases),
                                   [&](const Phrase& one) { return one.english == english; });
  return found == std::end(kPhrases) ? nullptr : found;
}

std::string_view in_language(const Phrase& phrase, Language language) {
  switch (language) {
    case Language::kEnglish:
      return phrase.english;
    case Language::kFrench:
      return phrase.french;
    case Language::kSpanish:
      return phrase.spanish;
    case Language::kArabic:
      return phrase.arabic;
  }
  return phrase.english;
}

constexpr std::pair<std::string_view, std::string_view> kReasonWords[] = {
    {"image_agrees", "Image agrees with the declaration"},
    {"explained_by_goods", "What was found belongs to the goods"},
    {"explained_by_documents", "Documents explain the difference"},
    {"empty_confirmed", "Empty, as declared"},
    {"radiation_judged", "Radiation measured by hand: harmless"},
    {"declaration_missing", "No declaration, or an incomplete one"},
    {"declaration_differs", "Goods, mass or count differ"},
    {"identity_differs", "Container, plate or seal differs"},
    {"suspect_object", "Suspect object or place in the image"},
    {"cannot_see_through", "Part of the load cannot be judged"},
    {"structure_changed", "Container or vehicle looks altered"},
    {"second_opinion", "Second opinion wanted"},
    {"waiting_for_documents", "Waiting for documents"},
    {"waiting_for_order", "Waiting for an order"},
    {"portal_alarm", "Alarm of the radiation portal"},
    {"shielding_seen", "Shielding in the image"},
    {"police", "Police"},
    {"health_food_plants", "Health, food or plant inspection"},
    {"immigration", "Immigration"},
    {"dangerous_goods", "Dangerous goods"},
    {"lines_lost", "Parts of the image are missing"},
    {"vehicle_moved", "The vehicle moved"},
    {"not_all_scanned", "Not all of the vehicle was scanned"},
    {"person", "A person may be inside"},
    {"explosive", "Explosive suspected"},
    {"drawn_to_open", "Drawn at random to be opened"},
    {"time_ran_out", "Nobody decided in time"},
    {"not_carried_out", "The lane did not carry it out"},
};

constexpr std::pair<std::string_view, std::string_view> kCheckWords[] = {
    {"mass", "Mass"},           {"empty", "Empty"},
    {"material", "Material"},   {"count", "Packages"},
    {"packages", "Packages"},   {"identity", "Identity"},
    {"container", "Identity"},  {"declaration", "Declaration"},
    {"radiation", "Radiation"}, {"revenue", "Revenue"},
    {"customs", "Customs"},     {"goods", "Goods"},
};

template <std::size_t kCount>
std::string say_code(Language language,
                     const std::pair<std::string_view, std::string_view> (&words)[kCount],
                     std::string_view code) {
  for (const auto& [known, english] : words) {
    if (known == code) return say(language, english);
  }
  return std::string(code);
}

}  // namespace

std::string_view language_code(Language language) {
  switch (language) {
    case Language::kEnglish:
      return "en";
    case Language::kFrench:
      return "fr";
    case Language::kSpanish:
      return "es";
    case Language::kArabic:
      return "ar";
  }
  return "en";
}

std::optional<Language> language_from(std::string_view code) {
  for (const auto language :
       {Language::kEnglish, Language::kFrench, Language::kSpanish, Language::kArabic}) {
    if (language_code(language) == code) return language;
  }
  return std::nullopt;
}

bool right_to_left(Language language) {
  return language == Language::kArabic;
}

std::string say(Language language, std::string_view english) {
  const Phrase* phrase = find_phrase(english);
  PC_ASSERT(phrase != nullptr);
  return std::string(in_language(*phrase, language));
}

std::string say_if_known(Language language, std::string_view english) {
  const Phrase* phrase = find_phrase(english);
  return std::string(phrase == nullptr ? english : in_language(*phrase, language));
}

std::vector<Phrase> phrases() {
  return {std::begin(kPhrases), std::end(kPhrases)};
}

std::string say(Language language, core::FindingKind kind) {
  switch (kind) {
    case core::FindingKind::kSmallDenseObject:
      return say(language, "Small dense object");
    case core::FindingKind::kShielding:
      return say(language, "Shielding");
    case core::FindingKind::kConcealedVehicle:
      return say(language, "Concealed vehicle");
    case core::FindingKind::kHiddenCompartment:
      return say(language, "Hidden compartment");
    case core::FindingKind::kFalseWall:
      return say(language, "False wall");
    case core::FindingKind::kAnomalousRegion:
      return say(language, "Anomalous region");
    case core::FindingKind::kMaterialMismatch:
      return say(language, "Material differs from declaration");
    case core::FindingKind::kMassMismatch:
      return say(language, "Mass differs from declaration");
    case core::FindingKind::kEmptyMismatch:
      return say(language, "Not as empty as declared");
    case core::FindingKind::kCountMismatch:
      return say(language, "Count differs from declaration");
    case core::FindingKind::kRadiationAlarm:
      return say(language, "Radiation");
    case core::FindingKind::kImageQuality:
      return say(language, "Image quality");
  }
  return {};
}

std::string say(Language language, core::CheckOutcome outcome) {
  switch (outcome) {
    case core::CheckOutcome::kAgrees:
      return say(language, "agrees");
    case core::CheckOutcome::kDiffers:
      return say(language, "differs");
    case core::CheckOutcome::kUnknown:
      return say(language, "cannot say");
  }
  return {};
}

std::string say(Language language, core::VerdictOutcome outcome) {
  switch (outcome) {
    case core::VerdictOutcome::kClear:
      return say(language, "nothing remarkable");
    case core::VerdictOutcome::kLook:
      return say(language, "to be looked at");
    case core::VerdictOutcome::kInspect:
      return say(language, "to be inspected");
  }
  return {};
}

std::string say(Language language, core::DecisionKind kind) {
  switch (kind) {
    case core::DecisionKind::kRelease:
      return say(language, "Release");
    case core::DecisionKind::kDocumentaryCheck:
      return say(language, "Documentary check");
    case core::DecisionKind::kPhysicalInspection:
      return say(language, "Physical inspection");
    case core::DecisionKind::kHold:
      return say(language, "Hold");
    case core::DecisionKind::kRadiationSecondary:
      return say(language, "Radiation secondary");
    case core::DecisionKind::kOtherAgency:
      return say(language, "Other agency");
    case core::DecisionKind::kRescan:
      return say(language, "Scan again");
    case core::DecisionKind::kIsolate:
      return say(language, "Isolate");
  }
  return {};
}

std::string say(Language language, core::FindingAnswer answer) {
  switch (answer) {
    case core::FindingAnswer::kNone:
      return say(language, "not answered");
    case core::FindingAnswer::kAgree:
      return say(language, "agreed");
    case core::FindingAnswer::kReject:
      return say(language, "rejected");
    case core::FindingAnswer::kUnsure:
      return say(language, "unsure");
  }
  return {};
}

std::string say(Language language, core::ScanOutcome outcome) {
  switch (outcome) {
    case core::ScanOutcome::kRunning:
      return say(language, "running");
    case core::ScanOutcome::kComplete:
      return say(language, "complete");
    case core::ScanOutcome::kPartial:
      return say(language, "partial");
    case core::ScanOutcome::kAborted:
      return say(language, "aborted");
  }
  return {};
}

std::string say_check(Language language, std::string_view name) {
  return say_code(language, kCheckWords, name);
}

std::string say_reason(Language language, std::string_view code) {
  return say_code(language, kReasonWords, code);
}

}  // namespace portcullis::report
