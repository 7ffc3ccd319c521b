<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>AlarmList</name>
    <message>
        <source>All devices in order</source>
        <translation>جميع الأجهزة سليمة</translation>
    </message>
    <message>
        <source>Not as it should be: %1</source>
        <translation>حالات غير سليمة: %1</translation>
    </message>
    <message>
        <source>F2 or Esc closes</source>
        <translation>‏F2 أو Esc للإغلاق</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>التالي</translation>
    </message>
    <message>
        <source>Beam is not allowed because</source>
        <translation>الحزمة غير مسموح بها لأن</translation>
    </message>
    <message>
        <source>Beam</source>
        <translation>الحزمة</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>الحركة</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>التفتيش</translation>
    </message>
    <message>
        <source>Doors, curtains</source>
        <translation>الأبواب والستائر</translation>
    </message>
    <message>
        <source>Lights, barriers</source>
        <translation>الإشارات والحواجز</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>البوابة</translation>
    </message>
    <message>
        <source>Driver panel</source>
        <translation>لوحة السائق</translation>
    </message>
</context>
<context>
    <name>AlarmStrip</name>
    <message>
        <source>+%1 more</source>
        <translation>‏+%1 أخرى</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>التالي: %1</translation>
    </message>
    <message>
        <source>Driver panel: %1</source>
        <translation>لوحة السائق: %1</translation>
    </message>
    <message>
        <source>All devices in order</source>
        <translation>جميع الأجهزة سليمة</translation>
    </message>
    <message>
        <source>Warm up</source>
        <translation>تسخين</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>معايرة</translation>
    </message>
</context>
<context>
    <name>AlarmTable</name>
    <message>
        <source>Cause: %1</source>
        <translation>السبب: %1</translation>
    </message>
    <message>
        <source>Consequence: %1</source>
        <translation>العاقبة: %1</translation>
    </message>
    <message>
        <source>To do: %1</source>
        <translation>المطلوب: %1</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>إقرار</translation>
    </message>
    <message>
        <source>Shelve, take off the shelf</source>
        <translation>تعليق الإنذار أو إعادته</translation>
    </message>
    <message>
        <source>for %1 min, because:</source>
        <translation>لمدة %1 دقيقة، لأن:</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>السجل</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>البحث في السجل</translation>
    </message>
</context>
<context>
    <name>BayList</name>
    <message>
        <source>Vehicles in the bays</source>
        <translation>المركبات في المواقف</translation>
    </message>
    <message>
        <source>Whatever the lane wants decided next</source>
        <translation>ما يجب البت فيه تاليًا</translation>
    </message>
    <message>
        <source>%1   Bay %1: %2</source>
        <translation>%1   الموقف %1: %2</translation>
    </message>
    <message>
        <source>for %1, by %2</source>
        <translation>منذ %1، بواسطة %2</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>خروج</translation>
    </message>
</context>
<context>
    <name>BayStrip</name>
    <message>
        <source>Bay %1: %2 %3</source>
        <translation>الموقف %1: %2 %3</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>الموقف %1</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>معروض</translation>
    </message>
</context>
<context>
    <name>ChainBadge</name>
    <message>
        <source>Not the standard image (S): %1</source>
        <translation>ليست الصورة القياسية (S): %1</translation>
    </message>
</context>
<context>
    <name>ChecksCard</name>
    <message>
        <source>Scan against declaration</source>
        <translation>الصورة مقابل البيان</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>مطابق</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>مختلف</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>غير معروف</translation>
    </message>
</context>
<context>
    <name>ComplaintCard</name>
    <message>
        <source>The image is unfit</source>
        <translation>الصورة غير صالحة</translation>
    </message>
    <message>
        <source>Opens a ticket for maintenance; the case is decided as before.</source>
        <translation>يفتح طلب صيانة؛ ويُبت في الحالة كالمعتاد.</translation>
    </message>
    <message>
        <source>Words, if there are any</source>
        <translation>كلمات إن وُجدت</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>خروج</translation>
    </message>
</context>
<context>
    <name>DecisionCard</name>
    <message>
        <source>Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>Remark, if needed (Tab)</source>
        <translation>ملاحظة عند الحاجة (Tab)</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>ملاحظة</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>جارٍ الإرسال</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>تأكيد</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>خروج</translation>
    </message>
    <message>
        <source>Decision on (← →)</source>
        <translation>القرار بشأن (← →)</translation>
    </message>
</context>
<context>
    <name>DecisionPanel</name>
    <message>
        <source>Physical inspection</source>
        <translation>معاينة فعلية</translation>
    </message>
    <message>
        <source>Documentary check</source>
        <translation>تدقيق المستندات</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>حجز</translation>
    </message>
    <message>
        <source>More</source>
        <translation>المزيد</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>إفراج</translation>
    </message>
</context>
<context>
    <name>DeclarationCard</name>
    <message>
        <source>Which declaration holds</source>
        <translation>أي بيان جمركي هو الصحيح</translation>
    </message>
    <message>
        <source>What it declares is compared with the image again, and customs are answered for it alone. The documents must tell.</source>
        <translation>يُقارَن ما يصرّح به بالصورة من جديد، ويُرَدّ على الجمارك عنه وحده. والوثائق هي التي تحسم.</translation>
    </message>
    <message>
        <source>%1; chosen before</source>
        <translation>%1؛ اختير من قبل</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>لا شيء منها</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>جارٍ الإرسال</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>تأكيد</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>خروج</translation>
    </message>
</context>
<context>
    <name>FindingsCard</name>
    <message>
        <source>Agree</source>
        <translation>موافق</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>تمت الموافقة</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>رفض</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>مرفوض</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>غير متأكد</translation>
    </message>
    <message>
        <source>Nothing was marked in this image</source>
        <translation>لم يُحدَّد شيء في هذه الصورة</translation>
    </message>
    <message>
        <source>Read this image before the findings appear. What do you see?</source>
        <translation>اقرأ هذه الصورة قبل أن تظهر النتائج. ماذا ترى؟</translation>
    </message>
    <message>
        <source>Marks that you draw on the image are kept with your answer.</source>
        <translation>تُحفظ العلامات التي ترسمها على الصورة مع إجابتك.</translation>
    </message>
    <message>
        <source>Nothing stands out</source>
        <translation>لا شيء يلفت النظر</translation>
    </message>
    <message>
        <source>Something stands out</source>
        <translation>شيء ما يلفت النظر</translation>
    </message>
</context>
<context>
    <name>GoodsList</name>
    <message>
        <source>No declared goods</source>
        <translation>لا بضائع مصرّح بها</translation>
    </message>
    <message>
        <source>Declared goods: %1</source>
        <translation>البضائع المصرّح بها: %1</translation>
    </message>
    <message>
        <source>G or Esc closes</source>
        <translation>‏G أو Esc للإغلاق</translation>
    </message>
</context>
<context>
    <name>Histogram</name>
    <message>
        <source>Contrast from</source>
        <translation>التباين من</translation>
    </message>
    <message>
        <source>Contrast to</source>
        <translation>التباين إلى</translation>
    </message>
</context>
<context>
    <name>IdentityCard</name>
    <message numerus="yes">
        <source>%n more item(s)</source>
        <translation>
            <numerusform>لا بنود أخرى</numerusform>
            <numerusform>بند آخر</numerusform>
            <numerusform>بندان آخران</numerusform>
            <numerusform>%n بنود أخرى</numerusform>
            <numerusform>%n بندًا آخر</numerusform>
            <numerusform>%n بند آخر</numerusform>
        </translation>
    </message>
    <message>
        <source>Image: %1</source>
        <translation>الصورة: %1</translation>
    </message>
    <message>
        <source>Which declaration holds</source>
        <translation>أي بيان جمركي هو الصحيح</translation>
    </message>
    <message>
        <source>Whose vehicle it is</source>
        <translation>لمن هذه المركبة</translation>
    </message>
</context>
<context>
    <name>IdentityEditCard</name>
    <message>
        <source>Whose vehicle is it?</source>
        <translation>لمن هذه المركبة؟</translation>
    </message>
    <message>
        <source>Type what stands on the box and the plate. What the cameras read stays with the case; declarations and checks are looked up anew once a second person has confirmed.</source>
        <translation>اكتب ما هو مكتوب على الصندوق واللوحة. يبقى ما قرأته الكاميرات في الملف؛ ويُعاد البحث عن البيانات والفحوص بعد تأكيد شخص ثانٍ.</translation>
    </message>
    <message>
        <source>Confirm this</source>
        <translation>تأكيد هذا</translation>
    </message>
    <message>
        <source>Container, the front one of two</source>
        <translation>الحاوية، الأمامية إن كانتا اثنتين</translation>
    </message>
    <message>
        <source>Container behind it, if there is one</source>
        <translation>الحاوية التي خلفها إن وُجدت</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>اللوحة</translation>
    </message>
    <message>
        <source>It is this one</source>
        <translation>هي هذه</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>مغادرة</translation>
    </message>
    <message>
        <source>What the cameras read</source>
        <translation>ما قرأته الكاميرات</translation>
    </message>
    <message>
        <source>Type what this one read</source>
        <translation>اكتب ما قرأته هذه</translation>
    </message>
</context>
<context>
    <name>ImageArea</name>
    <message>
        <source>Standard</source>
        <translation>قياسية</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>المادة</translation>
    </message>
    <message>
        <source>Metal</source>
        <translation>معدن</translation>
    </message>
    <message>
        <source>Organic</source>
        <translation>عضوي</translation>
    </message>
    <message>
        <source>Both rows</source>
        <translation>الصفان</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>الحواف</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>موضعي</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>عكس</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>أدوات</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>قياس</translation>
    </message>
    <message>
        <source>standard, high energy</source>
        <translation>قياسية، طاقة عالية</translation>
    </message>
    <message>
        <source>material</source>
        <translation>المادة</translation>
    </message>
    <message>
        <source>live, as the lines arrive</source>
        <translation>مباشر، مع وصول الخطوط</translation>
    </message>
    <message>
        <source>scan ended, the image is being worked on</source>
        <translation>انتهى المسح، تجري معالجة الصورة</translation>
    </message>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>لا أعمدة</numerusform>
            <numerusform>عمود واحد</numerusform>
            <numerusform>عمودان</numerusform>
            <numerusform>%n أعمدة</numerusform>
            <numerusform>%n عمودًا</numerusform>
            <numerusform>%n عمود</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 not shown</source>
        <translation>%1 غير معروضة</translation>
    </message>
    <message>
        <source>The image is being loaded</source>
        <translation>يجري تحميل الصورة</translation>
    </message>
    <message>
        <source>No scan yet</source>
        <translation>لا مسح بعد</translation>
    </message>
    <message>
        <source>Not connected to the lane</source>
        <translation>غير متصل بالمسار</translation>
    </message>
    <message>
        <source>1 m</source>
        <translation>‏1 م</translation>
    </message>
    <message>
        <source>0.1 m</source>
        <translation>‏0.1 م</translation>
    </message>
    <message>
        <source>Part of the image is missing: %1</source>
        <translation>جزء من الصورة مفقود: %1</translation>
    </message>
    <message>
        <source>The image cannot be shown: %1</source>
        <translation>لا يمكن عرض الصورة: %1</translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>Back to the lane</source>
        <translation>العودة إلى المسار</translation>
    </message>
    <message>
        <source>Metres along the vehicle are exact; heights are sure to 18 %, and left and right cannot be told from one view. The doors are at the container&apos;s rear.</source>
        <translation>الأمتار على طول المركبة دقيقة؛ الارتفاعات مؤكدة في حدود 18 %، ولا يمكن تمييز اليمين من اليسار من منظر واحد. الأبواب في مؤخرة الحاوية.</translation>
    </message>
    <message>
        <source>No photos yet; choose one, or drop its file here.</source>
        <translation>لا صور بعد؛ اختر صورة أو أفلت ملفها هنا.</translation>
    </message>
    <message>
        <source>Choose a photo</source>
        <translation>اختيار صورة</translation>
    </message>
    <message>
        <source>Old seal, as it was found</source>
        <translation>الختم القديم كما وُجد</translation>
    </message>
    <message>
        <source>New seal, as it was put</source>
        <translation>الختم الجديد كما وُضع</translation>
    </message>
    <message>
        <source>Keys away</source>
        <translation>إخفاء المفاتيح</translation>
    </message>
    <message>
        <source>Touch keys</source>
        <translation>مفاتيح اللمس</translation>
    </message>
    <message>
        <source>Being recorded</source>
        <translation>جارٍ التسجيل</translation>
    </message>
    <message>
        <source>Record the outcome</source>
        <translation>تسجيل النتيجة</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>لا شيء مما سبق</translation>
    </message>
</context>
<context>
    <name>LaneStrip</name>
    <message>
        <source>Beam</source>
        <translation>الحزمة</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>الحركة</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>التفتيش</translation>
    </message>
    <message>
        <source>Doors, curtains</source>
        <translation>الأبواب والستائر</translation>
    </message>
    <message>
        <source>Lights, barriers</source>
        <translation>الإشارات والحواجز</translation>
    </message>
    <message>
        <source>Dose</source>
        <translation>الجرعة</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>البوابة</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>الانتظار</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>بدء</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>تصفير</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>خروج</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>الصفحات</translation>
    </message>
    <message>
        <source>Inspections</source>
        <translation>المعاينات</translation>
    </message>
    <message>
        <source>Supervise</source>
        <translation>الإشراف</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>Log in</source>
        <translation>تسجيل الدخول</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>كلمة المرور</translation>
    </message>
    <message>
        <source>Reason (only for the emergency account)</source>
        <translation>السبب (لحساب الطوارئ فقط)</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>جارٍ التحقق</translation>
    </message>
    <message>
        <source>Stop (F8) works for everybody, logged in or not.</source>
        <translation>الإيقاف (F8) يعمل للجميع، بتسجيل الدخول أو بدونه.</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Portcullis: %1</source>
        <translation>‏Portcullis: %1</translation>
    </message>
    <message>
        <source>SIMULATION  -  no radiation, no real vehicle</source>
        <translation>محاكاة  -  لا إشعاع ولا مركبة حقيقية</translation>
    </message>
</context>
<context>
    <name>MarkMenu</name>
    <message>
        <source>Measure and annotate</source>
        <translation>القياس والتعليق</translation>
    </message>
    <message>
        <source>Choose, then drag on the image. Kept with the case.</source>
        <translation>اختر ثم اسحب على الصورة. يُحفظ مع الحالة.</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>الطول</translation>
    </message>
    <message>
        <source>Goods in a box: area, density, mass, material</source>
        <translation>بضائع في إطار: المساحة والكثافة والكتلة والمادة</translation>
    </message>
    <message>
        <source>Goods within a drawn line</source>
        <translation>بضائع داخل خط مرسوم</translation>
    </message>
    <message>
        <source>Profile along a line</source>
        <translation>مقطع على طول خط</translation>
    </message>
    <message>
        <source>Box with words</source>
        <translation>إطار مع نص</translation>
    </message>
    <message>
        <source>Ellipse with words</source>
        <translation>قطع ناقص مع نص</translation>
    </message>
    <message>
        <source>Arrow with words</source>
        <translation>سهم مع نص</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>نص</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>خروج</translation>
    </message>
</context>
<context>
    <name>MarkNote</name>
    <message>
        <source>Drag on the image; Esc leaves</source>
        <translation>اسحب على الصورة؛ Esc للخروج</translation>
    </message>
    <message>
        <source>Words, then Enter</source>
        <translation>النص ثم Enter</translation>
    </message>
    <message>
        <source>Words of the mark</source>
        <translation>نص العلامة</translation>
    </message>
</context>
<context>
    <name>MoreMenu</name>
    <message>
        <source>More decisions</source>
        <translation>قرارات أخرى</translation>
    </message>
    <message>
        <source>Radiation secondary: handheld first, unopened</source>
        <translation>فحص إشعاعي ثانٍ: بجهاز يدوي أولًا دون فتح</translation>
    </message>
    <message>
        <source>Other agency</source>
        <translation>جهة أخرى</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>إعادة المسح</translation>
    </message>
    <message>
        <source>Isolate: stop, call, never open</source>
        <translation>عزل: أوقف، اتصل، لا تفتح أبدًا</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>خروج</translation>
    </message>
</context>
<context>
    <name>OutcomeRow</name>
    <message>
        <source>Nothing</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>وُجد شيء</translation>
    </message>
    <message>
        <source>Not examined</source>
        <translation>لم يُفحص</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>ما الذي وُجد</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>أين</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>كم</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>اختيار</translation>
    </message>
</context>
<context>
    <name>PhotoStrip</name>
    <message>
        <source>cannot be shown</source>
        <translation>لا يمكن عرضها</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Photo before</source>
        <translation>الصورة السابقة</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>الصورة التالية</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>رجوع</translation>
    </message>
</context>
<context>
    <name>PrintCard</name>
    <message>
        <source>Print, export</source>
        <translation>طباعة وتصدير</translation>
    </message>
    <message>
        <source>Who took what out of here is kept in the audit log. Files go to %1</source>
        <translation>يحفظ سجل التدقيق من أخرج ماذا من هنا. تُكتب الملفات في %1</translation>
    </message>
    <message>
        <source>Report of the case, as PDF</source>
        <translation>تقرير الحالة بصيغة PDF</translation>
    </message>
    <message>
        <source>The image as it is shown, as PNG</source>
        <translation>الصورة كما هي معروضة بصيغة PNG</translation>
    </message>
    <message>
        <source>Report of the case, on paper</source>
        <translation>تقرير الحالة على الورق</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>مغادرة</translation>
    </message>
</context>
<context>
    <name>ProfileStrip</name>
    <message>
        <source>Radiation portal, gamma counts as the vehicle passed</source>
        <translation>بوابة الإشعاع، عدّات غاما أثناء مرور المركبة</translation>
    </message>
    <message>
        <source>Radiation portal, gamma counts along the vehicle</source>
        <translation>بوابة الإشعاع، عدّات غاما على طول المركبة</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>the lane does not answer</source>
        <translation>المسار لا يستجيب</translation>
    </message>
    <message>
        <source>no answer from the lane within 3 s</source>
        <translation>لا رد من المسار خلال 3 ث</translation>
    </message>
    <message>
        <source>no answer from the lane in time</source>
        <translation>لم يستجب المسار في الوقت المحدد</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Cases</source>
        <translation>الحالات</translation>
    </message>
    <message>
        <source>F3 or Esc closes</source>
        <translation>‏F3 أو Esc للإغلاق</translation>
    </message>
    <message>
        <source>Container, plate or declaration (Tab, then Enter)</source>
        <translation>حاوية أو لوحة أو بيان (Tab ثم Enter)</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>لا صورة</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>عرض</translation>
    </message>
</context>
<context>
    <name>RatesPanel</name>
    <message>
        <source>Found in what was opened, with 95 % intervals</source>
        <translation>ما وُجد فيما فُتح، مع فترات ثقة 95 %</translation>
    </message>
    <message>
        <source>nothing was opened yet</source>
        <translation>لم يُفتح شيء بعد</translation>
    </message>
</context>
<context>
    <name>ReferenceCard</name>
    <message>
        <source>Keep as a reference</source>
        <translation>الاحتفاظ كمرجع</translation>
    </message>
    <message>
        <source>Others are compared with it (Ctrl E). Choose what it shows as it ought to be:</source>
        <translation>تُقارن به حالات أخرى (Ctrl E). اختر ما يعرضه كما ينبغي أن يكون:</translation>
    </message>
    <message>
        <source>no reference any more</source>
        <translation>لم يعد مرجعًا</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>مغادرة</translation>
    </message>
</context>
<context>
    <name>SearchedNote</name>
    <message>
        <source>From the search, not the lane&apos;s current case</source>
        <translation>من البحث، وليست حالة المسار الحالية</translation>
    </message>
    <message>
        <source>Back to the lane</source>
        <translation>العودة إلى المسار</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keys</source>
        <translation>المفاتيح</translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation>‏Esc للإغلاق</translation>
    </message>
</context>
<context>
    <name>SupervisePage</name>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 أيام</translation>
    </message>
    <message>
        <source>31 days</source>
        <translation>31 يومًا</translation>
    </message>
    <message>
        <source>Back to the lane</source>
        <translation>العودة إلى المسار</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>قائمة الانتظار</translation>
    </message>
    <message>
        <source>No case waits</source>
        <translation>لا توجد حالة منتظرة</translation>
    </message>
    <message>
        <source>Readings of each analyst, time on the image</source>
        <translation>قراءات كل محلل ووقته على الصورة</translation>
    </message>
    <message>
        <source>Nobody has read a case</source>
        <translation>لم يقرأ أحد أي حالة</translation>
    </message>
    <message>
        <source>Overrides, missing outcomes, unfit images</source>
        <translation>القرارات المنقوضة والنتائج الناقصة والصور غير الصالحة</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>Lists what is open, for both to sign: cases, readers, bays, alarms, bypasses, devices.</source>
        <translation>تسرد ما بقي مفتوحًا ليوقّع عليه الطرفان: الحالات والقرّاء والمواقف والإنذارات والتجاوزات والأجهزة.</translation>
    </message>
    <message>
        <source>A supervisor&apos;s account is needed to hand over.</source>
        <translation>يلزم حساب مشرف لتسليم الوردية.</translation>
    </message>
    <message>
        <source>Password of %1, who hands over</source>
        <translation>كلمة مرور %1 الذي يسلّم</translation>
    </message>
    <message>
        <source>Name of who takes over</source>
        <translation>اسم من يستلم</translation>
    </message>
    <message>
        <source>Password of who takes over</source>
        <translation>كلمة مرور من يستلم</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>ملاحظة</translation>
    </message>
    <message>
        <source>List anew</source>
        <translation>قائمة جديدة</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>تسليم الوردية</translation>
    </message>
    <message>
        <source>Both sign</source>
        <translation>توقيع الطرفين</translation>
    </message>
</context>
<context>
    <name>ToolPanel</name>
    <message>
        <source>Contrast, attenuation %1 to %2</source>
        <translation>التباين، التوهين من %1 إلى %2</translation>
    </message>
    <message>
        <source>Whole range</source>
        <translation>المدى كله</translation>
    </message>
    <message>
        <source>Logarithm</source>
        <translation>لوغاريتم</translation>
    </message>
    <message>
        <source>High penetration</source>
        <translation>نفاذ عالٍ</translation>
    </message>
    <message>
        <source>Low penetration</source>
        <translation>نفاذ منخفض</translation>
    </message>
    <message>
        <source>Gamma %1</source>
        <translation>غاما %1</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>الحواف</translation>
    </message>
    <message>
        <source>Local contrast</source>
        <translation>تباين موضعي</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>عكس</translation>
    </message>
    <message>
        <source>Less noise</source>
        <translation>ضجيج أقل</translation>
    </message>
    <message>
        <source>Heavy metal</source>
        <translation>معدن ثقيل</translation>
    </message>
    <message>
        <source>Low energy</source>
        <translation>طاقة منخفضة</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>الألوان</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>مسح متدرج</translation>
    </message>
    <message>
        <source>Loupe</source>
        <translation>مكبّر</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>نظرة عامة</translation>
    </message>
    <message>
        <source>Standard image</source>
        <translation>الصورة القياسية</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>إعادة</translation>
    </message>
    <message>
        <source>History</source>
        <translation>السجل</translation>
    </message>
    <message>
        <source>Print, export</source>
        <translation>طباعة وتصدير</translation>
    </message>
    <message>
        <source>Image unfit</source>
        <translation>الصورة غير صالحة</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>مقارنة</translation>
    </message>
</context>
<context>
    <name>TouchKeys</name>
    <message>
        <source>QWERTYUIOP ASDFGHJKL ZXCVBNM</source>
        <extracomment>Letters as on a keyboard of the language: three rows, separated by blanks</extracomment>
        <translation>ضصثقفغعهخحج شسيبلاتنمك ئءرىةوزظطذد</translation>
    </message>
    <message>
        <source>Blank</source>
        <translation>مسافة</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>مسح</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>standard + material</source>
        <translation>القياسية + المادة</translation>
    </message>
    <message>
        <source>standard, high energy</source>
        <translation>قياسية، طاقة عالية</translation>
    </message>
    <message>
        <source>material</source>
        <translation>المادة</translation>
    </message>
    <message>
        <source>metal only</source>
        <translation>المعدن فقط</translation>
    </message>
    <message>
        <source>organic only</source>
        <translation>العضوي فقط</translation>
    </message>
    <message>
        <source>hot metal</source>
        <translation>معدن ساخن</translation>
    </message>
    <message>
        <source>ice</source>
        <translation>جليد</translation>
    </message>
    <message>
        <source>cube helix</source>
        <translation>لولب مكعب</translation>
    </message>
    <message>
        <source>rainbow</source>
        <translation>قوس قزح</translation>
    </message>
    <message>
        <source>low energy alone</source>
        <translation>الطاقة المنخفضة وحدها</translation>
    </message>
    <message>
        <source>edges</source>
        <translation>الحواف</translation>
    </message>
    <message>
        <source>local contrast</source>
        <translation>تباين موضعي</translation>
    </message>
    <message>
        <source>noise taken down</source>
        <translation>ضجيج مخفّض</translation>
    </message>
    <message>
        <source>inverse</source>
        <translation>عكس</translation>
    </message>
    <message>
        <source>heavy metal marked</source>
        <translation>معدن ثقيل معلَّم</translation>
    </message>
    <message>
        <source>whole range</source>
        <translation>المدى كله</translation>
    </message>
    <message>
        <source>high penetration</source>
        <translation>نفاذ عالٍ</translation>
    </message>
    <message>
        <source>low penetration</source>
        <translation>نفاذ منخفض</translation>
    </message>
    <message>
        <source>plain logarithm</source>
        <translation>لوغاريتم بسيط</translation>
    </message>
    <message>
        <source>Stop: beam and motion off, always</source>
        <translation>إيقاف: قطع الحزمة والحركة دائمًا</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>المسار</translation>
    </message>
    <message>
        <source>Start the scan of the vehicle in the lane</source>
        <translation>بدء مسح المركبة في المسار</translation>
    </message>
    <message>
        <source>Reset faults whose cause is gone</source>
        <translation>تصفير الأعطال التي زال سببها</translation>
    </message>
    <message>
        <source>Warm the source up</source>
        <translation>تسخين المصدر</translation>
    </message>
    <message>
        <source>Calibrate: dark and air</source>
        <translation>المعايرة: ظلام وهواء</translation>
    </message>
    <message>
        <source>Alarms and the lane&apos;s facts in full</source>
        <translation>الإنذارات وحقائق المسار كاملة</translation>
    </message>
    <message>
        <source>Standard image</source>
        <translation>الصورة القياسية</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>الصورة</translation>
    </message>
    <message>
        <source>Material in colour</source>
        <translation>المادة بالألوان</translation>
    </message>
    <message>
        <source>Metal only</source>
        <translation>المعدن فقط</translation>
    </message>
    <message>
        <source>Organic only</source>
        <translation>العضوي فقط</translation>
    </message>
    <message>
        <source>High penetration: behind much material</source>
        <translation>نفاذ عالٍ: خلف مواد كثيرة</translation>
    </message>
    <message>
        <source>Low penetration: thin goods</source>
        <translation>نفاذ منخفض: بضائع رقيقة</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>الحواف</translation>
    </message>
    <message>
        <source>Local contrast</source>
        <translation>تباين موضعي</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>عكس</translation>
    </message>
    <message>
        <source>Both rows: standard above material</source>
        <translation>الصفان: القياسية فوق المادة</translation>
    </message>
    <message>
        <source>Standard image: everything else off</source>
        <translation>الصورة القياسية: إيقاف كل ما عداها</translation>
    </message>
    <message>
        <source>While held: the standard image</source>
        <translation>أثناء الضغط: الصورة القياسية</translation>
    </message>
    <message>
        <source>Image tools, histogram, history</source>
        <translation>أدوات الصورة والمدرّج والسجل</translation>
    </message>
    <message>
        <source>Low energy alone</source>
        <translation>الطاقة المنخفضة وحدها</translation>
    </message>
    <message>
        <source>Mark heavy metal</source>
        <translation>تعليم المعدن الثقيل</translation>
    </message>
    <message>
        <source>Take noise down</source>
        <translation>خفض الضجيج</translation>
    </message>
    <message>
        <source>Colours, one after another</source>
        <translation>الألوان واحدًا تلو الآخر</translation>
    </message>
    <message>
        <source>Plain logarithm</source>
        <translation>لوغاريتم بسيط</translation>
    </message>
    <message>
        <source>Gamma down</source>
        <translation>خفض غاما</translation>
    </message>
    <message>
        <source>Gamma up</source>
        <translation>رفع غاما</translation>
    </message>
    <message>
        <source>Sweep through all densities; again: stay there</source>
        <translation>مسح كل الكثافات؛ مرة أخرى: التوقف</translation>
    </message>
    <message>
        <source>Loupe at the cursor</source>
        <translation>مكبّر عند المؤشر</translation>
    </message>
    <message>
        <source>Overview with the part in sight</source>
        <translation>نظرة عامة مع الجزء الظاهر</translation>
    </message>
    <message>
        <source>Measure, annotate: length, goods, profile, box, text</source>
        <translation>القياس والتعليق: طول، بضائع، مقطع، نص</translation>
    </message>
    <message>
        <source>Take the newest mark away</source>
        <translation>إزالة أحدث علامة</translation>
    </message>
    <message>
        <source>Undo on the image</source>
        <translation>تراجع على الصورة</translation>
    </message>
    <message>
        <source>Redo on the image</source>
        <translation>إعادة على الصورة</translation>
    </message>
    <message>
        <source>Closer (also the wheel, about the cursor)</source>
        <translation>أقرب (أو العجلة حول المؤشر)</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>أبعد</translation>
    </message>
    <message>
        <source>Whole vehicle</source>
        <translation>المركبة كاملة</translation>
    </message>
    <message>
        <source>Contrast as it was (right button drags it)</source>
        <translation>التباين الأصلي (الزر الأيمن يسحبه)</translation>
    </message>
    <message>
        <source>Move left (also by dragging)</source>
        <translation>إلى اليسار (أو بالسحب)</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>إلى اليمين</translation>
    </message>
    <message>
        <source>Move up; in a card: reason before</source>
        <translation>إلى الأعلى؛ في البطاقة: السبب السابق</translation>
    </message>
    <message>
        <source>Move down; in a card: next reason</source>
        <translation>إلى الأسفل؛ في البطاقة: السبب التالي</translation>
    </message>
    <message>
        <source>Agree with the finding</source>
        <translation>الموافقة على الملاحظة</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>الملاحظات</translation>
    </message>
    <message>
        <source>Reject the finding</source>
        <translation>رفض الملاحظة</translation>
    </message>
    <message>
        <source>Unsure about the finding</source>
        <translation>غير متأكد من الملاحظة</translation>
    </message>
    <message>
        <source>Next finding</source>
        <translation>الملاحظة التالية</translation>
    </message>
    <message>
        <source>Finding before</source>
        <translation>الملاحظة السابقة</translation>
    </message>
    <message>
        <source>All declared goods</source>
        <translation>كل البضائع المصرّح بها</translation>
    </message>
    <message>
        <source>Vehicles in the bays: choose whose case is shown</source>
        <translation>المركبات في المواقف: اختيار الحالة المعروضة</translation>
    </message>
    <message>
        <source>Physical inspection: opens its card</source>
        <translation>معاينة فعلية: تفتح بطاقتها</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>القرار</translation>
    </message>
    <message>
        <source>Documentary check: opens its card</source>
        <translation>تدقيق المستندات: يفتح بطاقته</translation>
    </message>
    <message>
        <source>Hold: opens its card</source>
        <translation>حجز: يفتح بطاقته</translation>
    </message>
    <message>
        <source>Release: opens its card</source>
        <translation>إفراج: يفتح بطاقته</translation>
    </message>
    <message>
        <source>More decisions, Isolate among them</source>
        <translation>قرارات أخرى منها العزل</translation>
    </message>
    <message>
        <source>Confirm the open card</source>
        <translation>تأكيد البطاقة المفتوحة</translation>
    </message>
    <message>
        <source>Leave the card, the field or this sheet</source>
        <translation>الخروج من البطاقة أو الحقل أو هذه الورقة</translation>
    </message>
    <message>
        <source>Language of the screen</source>
        <translation>لغة الشاشة</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>هذه الورقة</translation>
    </message>
    <message>
        <source>Lock the screen: log out</source>
        <translation>قفل الشاشة: تسجيل الخروج</translation>
    </message>
    <message>
        <source>Cases: queue and search</source>
        <translation>الحالات: قائمة الانتظار والبحث</translation>
    </message>
    <message>
        <source>Inspections: what was found in opened vehicles</source>
        <translation>المعاينات: ما وُجد في المركبات المفتوحة</translation>
    </message>
    <message>
        <source>Supervise: queue, load, rates, handover</source>
        <translation>الإشراف: الانتظار والعبء والنسب والتسليم</translation>
    </message>
    <message>
        <source>Image unfit: a ticket for maintenance</source>
        <translation>صورة غير صالحة: طلب صيانة</translation>
    </message>
    <message>
        <source>Compare with the scan before</source>
        <translation>المقارنة بالمسح الذي قبله</translation>
    </message>
    <message>
        <source>Compare with the scan after</source>
        <translation>المقارنة بالمسح الذي بعده</translation>
    </message>
    <message>
        <source>Print, export: the case&apos;s report, the image as shown</source>
        <translation>طباعة وتصدير: تقرير الحالة والصورة المعروضة</translation>
    </message>
    <message>
        <source>Earlier scan or reference: below, blinking, by a line</source>
        <translation>مسح سابق أو مرجع: أسفل، بالتناوب، بخط</translation>
    </message>
    <message>
        <source>Keep as a reference to compare with</source>
        <translation>الاحتفاظ كمرجع للمقارنة</translation>
    </message>
    <message>
        <source>Which of several declarations holds</source>
        <translation>أي البيانات الجمركية المتعددة هو الصحيح</translation>
    </message>
    <message>
        <source>Before the findings: nothing stands out</source>
        <translation>قبل النتائج: لا شيء يلفت النظر</translation>
    </message>
    <message>
        <source>Before the findings: something stands out</source>
        <translation>قبل النتائج: شيء ما يلفت النظر</translation>
    </message>
    <message>
        <source>Whose vehicle it is: correct plate and numbers, confirm</source>
        <translation>لمن المركبة: تصحيح اللوحة والأرقام، والتأكيد</translation>
    </message>
</context>
<context>
    <name>alarms</name>
    <message>
        <source>Known, is being repaired</source>
        <translation>معروف ويجري إصلاحه</translation>
    </message>
    <message>
        <source>Comes and goes without cause</source>
        <translation>يظهر ويختفي دون سبب</translation>
    </message>
    <message>
        <source>Maintenance or test under way</source>
        <translation>صيانة أو اختبار جارٍ</translation>
    </message>
    <message>
        <source>Part is out of use on purpose</source>
        <translation>الجزء خارج الخدمة عمدًا</translation>
    </message>
</context>
<context>
    <name>lane</name>
    <message>
        <source>START</source>
        <translation>بدء</translation>
    </message>
    <message>
        <source>STOP</source>
        <translation>إيقاف</translation>
    </message>
    <message>
        <source>RESET</source>
        <translation>تصفير</translation>
    </message>
    <message>
        <source>WARM_UP</source>
        <translation>تسخين</translation>
    </message>
    <message>
        <source>CALIBRATE</source>
        <translation>معايرة</translation>
    </message>
    <message>
        <source>PLC</source>
        <translation>المتحكم المنطقي</translation>
    </message>
    <message>
        <source>PLC link</source>
        <translation>وصلة المتحكم</translation>
    </message>
    <message>
        <source>X-ray source</source>
        <translation>مصدر الأشعة</translation>
    </message>
    <message>
        <source>X-ray source details</source>
        <translation>تفاصيل المصدر</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>الكاشف</translation>
    </message>
    <message>
        <source>Detector details</source>
        <translation>تفاصيل الكاشف</translation>
    </message>
    <message>
        <source>Radiation portal</source>
        <translation>بوابة الإشعاع</translation>
    </message>
    <message>
        <source>Portal details</source>
        <translation>تفاصيل البوابة</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>المسجّل</translation>
    </message>
    <message>
        <source>Customs gateway</source>
        <translation>بوابة الجمارك</translation>
    </message>
    <message>
        <source>Image worker</source>
        <translation>معالج الصور</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>سجل التدقيق</translation>
    </message>
    <message>
        <source>Real time</source>
        <translation>الزمن الحقيقي</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>غير متصل</translation>
    </message>
    <message>
        <source>not connected yet</source>
        <translation>غير متصل بعد</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>غير جاهز</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>لا يعمل</translation>
    </message>
    <message>
        <source>not in mode running</source>
        <translation>ليس في وضع التشغيل</translation>
    </message>
    <message>
        <source>not calibrated</source>
        <translation>غير معاير</translation>
    </message>
    <message>
        <source>warming up</source>
        <translation>قيد التسخين</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>يقيس</translation>
    </message>
    <message>
        <source>data are stale</source>
        <translation>البيانات قديمة</translation>
    </message>
    <message>
        <source>heartbeat stands still</source>
        <translation>النبض متوقف</translation>
    </message>
    <message>
        <source>the source reports a fault</source>
        <translation>المصدر يبلغ عن عطل</translation>
    </message>
    <message>
        <source>no answer for %1 s</source>
        <translation>لا رد منذ %1 ث</translation>
    </message>
    <message>
        <source>fault word %1</source>
        <translation>كلمة العطل %1</translation>
    </message>
    <message>
        <source>memory locked</source>
        <translation>الذاكرة مقفلة</translation>
    </message>
    <message>
        <source>memory not locked, as configured</source>
        <translation>الذاكرة غير مقفلة، حسب الإعداد</translation>
    </message>
    <message>
        <source>no customs link is configured</source>
        <translation>لم تُضبط وصلة جمارك</translation>
    </message>
    <message>
        <source>the customs gateway does not answer</source>
        <translation>بوابة الجمارك لا تستجيب</translation>
    </message>
    <message>
        <source>the customs gateway gave no answer when the scan was judged</source>
        <translation>لم تستجب بوابة الجمارك عند تقييم المسح</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>القيود: %1</translation>
    </message>
    <message>
        <source>%1 declarations</source>
        <translation>البيانات: %1</translation>
    </message>
    <message>
        <source>no answer; scans go on, declarations and answers wait (%1)</source>
        <translation>لا رد؛ يستمر المسح وتنتظر البيانات والردود (%1)</translation>
    </message>
    <message>
        <source>not configured; findings are made in the lane&apos;s own process</source>
        <translation>غير مضبوط؛ تُستخرج الملاحظات في عملية المسار نفسها</translation>
    </message>
    <message>
        <source>on</source>
        <translation>تعمل</translation>
    </message>
    <message>
        <source>off</source>
        <translation>مطفأة</translation>
    </message>
    <message>
        <source>red</source>
        <translation>أحمر</translation>
    </message>
    <message>
        <source>green</source>
        <translation>أخضر</translation>
    </message>
    <message>
        <source>open</source>
        <translation>مفتوح</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>مغلق</translation>
    </message>
    <message>
        <source>moving</source>
        <translation>يتحرك</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>مكتمل</translation>
    </message>
    <message>
        <source>not complete</source>
        <translation>غير مكتمل</translation>
    </message>
    <message>
        <source>real</source>
        <translation>حقيقي</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>محاكى</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>PLC %1, source %2, detector %3, portal %4</source>
        <translation>المتحكم %1، المصدر %2، الكاشف %3، البوابة %4</translation>
    </message>
    <message>
        <source>Off: the key is not at on</source>
        <translation>متوقف: المفتاح ليس على التشغيل</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>فحص ذاتي</translation>
    </message>
    <message>
        <source>Source warming up</source>
        <translation>المصدر قيد التسخين</translation>
    </message>
    <message>
        <source>Calibrating: the area is being closed</source>
        <translation>معايرة: يجري إغلاق المنطقة</translation>
    </message>
    <message>
        <source>Calibrating: dark, no beam</source>
        <translation>معايرة: ظلام بلا حزمة</translation>
    </message>
    <message>
        <source>Calibrating: warning before beam</source>
        <translation>معايرة: إنذار قبل الحزمة</translation>
    </message>
    <message>
        <source>Calibrating: air, beam on</source>
        <translation>معايرة: هواء، الحزمة تعمل</translation>
    </message>
    <message>
        <source>Idle, lane empty</source>
        <translation>خامل، المسار فارغ</translation>
    </message>
    <message>
        <source>A vehicle drives in</source>
        <translation>مركبة تدخل</translation>
    </message>
    <message>
        <source>Vehicle in the tunnel, being identified</source>
        <translation>المركبة في النفق، يجري التعرف عليها</translation>
    </message>
    <message>
        <source>Vehicle waits to be scanned</source>
        <translation>المركبة تنتظر المسح</translation>
    </message>
    <message>
        <source>Warning, gantry returns to its start</source>
        <translation>إنذار، الجسر يعود إلى بدايته</translation>
    </message>
    <message>
        <source>Warning before the scan</source>
        <translation>إنذار قبل المسح</translation>
    </message>
    <message>
        <source>Warning, the vehicle drives on</source>
        <translation>إنذار، المركبة تتقدم</translation>
    </message>
    <message>
        <source>Warning, gantry gathers speed</source>
        <translation>إنذار، الجسر يتسارع</translation>
    </message>
    <message>
        <source>Scanning, the vehicle drives through</source>
        <translation>جارٍ المسح، المركبة تعبر</translation>
    </message>
    <message>
        <source>Scanning, gantry moving back</source>
        <translation>جارٍ المسح، الجسر يتراجع</translation>
    </message>
    <message>
        <source>Scanning, gantry moving forward</source>
        <translation>جارٍ المسح، الجسر يتقدم</translation>
    </message>
    <message>
        <source>Scan ends, last lines are stored</source>
        <translation>ينتهي المسح، تُحفظ آخر الخطوط</translation>
    </message>
    <message>
        <source>Image in review</source>
        <translation>الصورة قيد المراجعة</translation>
    </message>
    <message>
        <source>Vehicle released</source>
        <translation>أُفرج عن المركبة</translation>
    </message>
    <message>
        <source>Vehicle goes to wait in bay %1</source>
        <translation>المركبة تذهب للانتظار في الموقف %1</translation>
    </message>
    <message>
        <source>Vehicle to be scanned again</source>
        <translation>يُعاد مسح المركبة</translation>
    </message>
    <message>
        <source>Vehicle isolated</source>
        <translation>المركبة معزولة</translation>
    </message>
    <message>
        <source>Vehicle held for inspection</source>
        <translation>المركبة محجوزة للمعاينة</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>متوقف</translation>
    </message>
    <message>
        <source>Fault latched</source>
        <translation>عطل مثبّت</translation>
    </message>
    <message>
        <source>Maintenance</source>
        <translation>صيانة</translation>
    </message>
    <message>
        <source>turn the key to on</source>
        <translation>أدر المفتاح إلى التشغيل</translation>
    </message>
    <message>
        <source>waiting for fresh data of the PLC</source>
        <translation>في انتظار بيانات حديثة من المتحكم</translation>
    </message>
    <message>
        <source>waiting for the PLC&apos;s heartbeat</source>
        <translation>في انتظار نبض المتحكم</translation>
    </message>
    <message>
        <source>waiting for the PLC to confirm commands</source>
        <translation>في انتظار تأكيد المتحكم للأوامر</translation>
    </message>
    <message>
        <source>waiting for the X-ray source</source>
        <translation>في انتظار مصدر الأشعة</translation>
    </message>
    <message>
        <source>waiting for the detector</source>
        <translation>في انتظار الكاشف</translation>
    </message>
    <message>
        <source>beam is sensed, or its sensor is not trusted</source>
        <translation>رُصدت حزمة، أو أن حساسها غير موثوق</translation>
    </message>
    <message>
        <source>waiting for the record of the last scan to be closed</source>
        <translation>في انتظار إغلاق سجل المسح الأخير</translation>
    </message>
    <message>
        <source>self-test passed</source>
        <translation>نجح الفحص الذاتي</translation>
    </message>
    <message>
        <source>self-test passed; the operator starts the warm-up</source>
        <translation>نجح الفحص الذاتي؛ يبدأ المشغّل التسخين</translation>
    </message>
    <message>
        <source>waiting for the source to be ready</source>
        <translation>في انتظار جاهزية المصدر</translation>
    </message>
    <message>
        <source>calibration is under way</source>
        <translation>المعايرة جارية</translation>
    </message>
    <message>
        <source>the detector is not calibrated: calibrate</source>
        <translation>الكاشف غير معاير: أجرِ المعايرة</translation>
    </message>
    <message>
        <source>last time: %1</source>
        <translation>آخر مرة: %1</translation>
    </message>
    <message>
        <source>no bay is free: the entry stays red until a vehicle has left its bay</source>
        <translation>لا موقف شاغر: يبقى المدخل أحمر حتى تغادر مركبة موقفها</translation>
    </message>
    <message>
        <source>ready for a vehicle</source>
        <translation>جاهز لاستقبال مركبة</translation>
    </message>
    <message>
        <source>the vehicle drives on to its place</source>
        <translation>المركبة تتقدم إلى مكانها</translation>
    </message>
    <message>
        <source>the driver stays in the cab; the entry closes</source>
        <translation>يبقى السائق في المقصورة؛ يُغلق المدخل</translation>
    </message>
    <message>
        <source>the entry closes</source>
        <translation>يُغلق المدخل</translation>
    </message>
    <message>
        <source>the driver stops the engine and leaves the cab</source>
        <translation>يطفئ السائق المحرك ويغادر المقصورة</translation>
    </message>
    <message>
        <source>ready: Start begins the scan</source>
        <translation>جاهز: زر البدء يبدأ المسح</translation>
    </message>
    <message>
        <source>the scan before ended: %1</source>
        <translation>انتهى المسح السابق: %1</translation>
    </message>
    <message>
        <source>the driver drives on; beam follows once the cab is past it</source>
        <translation>يتقدم السائق؛ تتبع الحزمة بعد مرور المقصورة</translation>
    </message>
    <message>
        <source>motion and beam follow after the warning</source>
        <translation>تتبع الحركة والحزمة بعد الإنذار</translation>
    </message>
    <message>
        <source>the scan ends when the vehicle is past the beam</source>
        <translation>ينتهي المسح بعد مرور المركبة من الحزمة</translation>
    </message>
    <message>
        <source>the scan ends at the end of the gantry&apos;s travel</source>
        <translation>ينتهي المسح عند نهاية مسار الجسر</translation>
    </message>
    <message>
        <source>the image comes for review</source>
        <translation>تصل الصورة للمراجعة</translation>
    </message>
    <message>
        <source>an officer decides</source>
        <translation>يقرر موظف</translation>
    </message>
    <message>
        <source>the driver returns to the cab</source>
        <translation>يعود السائق إلى المقصورة</translation>
    </message>
    <message>
        <source>the exit opens</source>
        <translation>يُفتح المخرج</translation>
    </message>
    <message>
        <source>the vehicle drives to bay %1</source>
        <translation>المركبة تذهب إلى الموقف %1</translation>
    </message>
    <message>
        <source>the vehicle drives on</source>
        <translation>المركبة تتقدم</translation>
    </message>
    <message>
        <source>the vehicle drives round to be scanned again</source>
        <translation>المركبة تدور ليُعاد مسحها</translation>
    </message>
    <message>
        <source>the vehicle goes to the inspection place</source>
        <translation>المركبة تذهب إلى مكان المعاينة</translation>
    </message>
    <message>
        <source>isolated: do not open; another decision is needed to move the vehicle</source>
        <translation>معزولة: لا تفتح؛ يلزم قرار آخر لتحريك المركبة</translation>
    </message>
    <message>
        <source>reset is under way</source>
        <translation>التصفير جارٍ</translation>
    </message>
    <message>
        <source>cause gone: reset</source>
        <translation>زال السبب: أجرِ التصفير</translation>
    </message>
    <message>
        <source>maintenance is ended by command</source>
        <translation>تنتهي الصيانة بأمر</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>قف</translation>
    </message>
    <message>
        <source>Engine off</source>
        <translation>أطفئ المحرك</translation>
    </message>
    <message>
        <source>Leave the cab</source>
        <translation>غادر المقصورة</translation>
    </message>
    <message>
        <source>Stand here</source>
        <translation>قف هنا</translation>
    </message>
    <message>
        <source>Return to the cab</source>
        <translation>عد إلى المقصورة</translation>
    </message>
    <message>
        <source>Drive on</source>
        <translation>تقدّم</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>انتظر</translation>
    </message>
    <message>
        <source>Go to bay %1</source>
        <translation>اذهب إلى الموقف %1</translation>
    </message>
    <message>
        <source>Drive round to the entry</source>
        <translation>در إلى المدخل</translation>
    </message>
    <message>
        <source>Drive to the inspection place</source>
        <translation>اذهب إلى مكان المعاينة</translation>
    </message>
    <message>
        <source>data of the PLC are stale or incomplete</source>
        <translation>بيانات المتحكم قديمة أو ناقصة</translation>
    </message>
    <message>
        <source>the PLC&apos;s heartbeat stands still</source>
        <translation>نبض المتحكم متوقف</translation>
    </message>
    <message>
        <source>the PLC does not confirm the lane&apos;s commands</source>
        <translation>المتحكم لا يؤكد أوامر المسار</translation>
    </message>
    <message>
        <source>the PLC is not in mode running</source>
        <translation>المتحكم ليس في وضع التشغيل</translation>
    </message>
    <message>
        <source>simulated and real hardware are mixed, or a device has not said which it is</source>
        <translation>عتاد محاكى وحقيقي مختلطان، أو جهاز لم يُعرّف نفسه</translation>
    </message>
    <message>
        <source>an emergency stop is pressed or its chain is open</source>
        <translation>زر طوارئ مضغوط أو دائرته مفتوحة</translation>
    </message>
    <message>
        <source>a fault is latched: remove its cause, then reset</source>
        <translation>عطل مثبّت: أزل سببه ثم صفّر</translation>
    </message>
    <message>
        <source>latched: %1</source>
        <translation>مثبّت: %1</translation>
    </message>
    <message>
        <source>the key is not at on</source>
        <translation>المفتاح ليس على التشغيل</translation>
    </message>
    <message>
        <source>an interlock bypass is active</source>
        <translation>تجاوز للتعشيق فعّال</translation>
    </message>
    <message>
        <source>a door is not closed on both channels</source>
        <translation>باب غير مغلق على القناتين</translation>
    </message>
    <message>
        <source>a light curtain is not clear on both channels</source>
        <translation>ستارة ضوئية غير خالية على القناتين</translation>
    </message>
    <message>
        <source>a barrier is not closed</source>
        <translation>حاجز غير مغلق</translation>
    </message>
    <message>
        <source>a person is in the area, or the detection is not trusted</source>
        <translation>شخص في المنطقة، أو أن الكشف غير موثوق</translation>
    </message>
    <message>
        <source>the cab is not clear (or, to calibrate, the lane is not empty)</source>
        <translation>المقصورة غير خالية (أو المسار غير فارغ للمعايرة)</translation>
    </message>
    <message>
        <source>no vehicle is certain to be in the tunnel</source>
        <translation>لا مركبة مؤكدة في النفق</translation>
    </message>
    <message>
        <source>the vehicle is not in its speed band</source>
        <translation>المركبة خارج نطاق سرعتها</translation>
    </message>
    <message>
        <source>another vehicle is within 10 m upstream, or its sensor is not trusted</source>
        <translation>مركبة أخرى ضمن 10 م قبلها، أو أن حساسها غير موثوق</translation>
    </message>
    <message>
        <source>the search of the area is not complete</source>
        <translation>تفتيش المنطقة غير مكتمل</translation>
    </message>
    <message>
        <source>an area dose monitor has failed or is in alarm</source>
        <translation>جهاز قياس جرعة معطل أو في إنذار</translation>
    </message>
    <message>
        <source>high-voltage contactor and trigger inhibit disagree</source>
        <translation>قاطع الجهد العالي ومانع القدح غير متفقين</translation>
    </message>
    <message>
        <source>the gantry is outside its limits</source>
        <translation>الجسر خارج حدوده</translation>
    </message>
    <message>
        <source>no fresh answer from the X-ray source</source>
        <translation>لا رد حديث من مصدر الأشعة</translation>
    </message>
    <message>
        <source>the X-ray source is not ready</source>
        <translation>مصدر الأشعة غير جاهز</translation>
    </message>
    <message>
        <source>no fresh answer from the detector</source>
        <translation>لا رد حديث من الكاشف</translation>
    </message>
    <message>
        <source>no room to store a scan</source>
        <translation>لا مساحة لحفظ المسح</translation>
    </message>
    <message>
        <source>the lane runs on battery: no new scan begins</source>
        <translation>المسار على البطارية: لا يبدأ مسح جديد</translation>
    </message>
    <message>
        <source>the detector is not calibrated</source>
        <translation>الكاشف غير معاير</translation>
    </message>
    <message>
        <source>there is no beam in this state</source>
        <translation>لا حزمة في هذه الحالة</translation>
    </message>
    <message>
        <source>no Start is given for this vehicle</source>
        <translation>لم يُعطَ بدء لهذه المركبة</translation>
    </message>
    <message>
        <source>the warning has not run for its time</source>
        <translation>لم يستوفِ الإنذار مدته</translation>
    </message>
    <message>
        <source>the warning lamp draws no current</source>
        <translation>مصباح الإنذار لا يسحب تيارًا</translation>
    </message>
    <message>
        <source>the gantry is not in its speed band (to calibrate: at a standstill)</source>
        <translation>الجسر خارج نطاق سرعته (للمعايرة: ساكن)</translation>
    </message>
    <message>
        <source>the driver&apos;s cab has not passed the beam</source>
        <translation>مقصورة السائق لم تتجاوز الحزمة</translation>
    </message>
    <message>
        <source>the record of the scan is not open</source>
        <translation>سجل المسح غير مفتوح</translation>
    </message>
    <message>
        <source>the safety PLC does not grant the beam permit</source>
        <translation>متحكم السلامة لا يمنح إذن الحزمة</translation>
    </message>
    <message>
        <source>the safety PLC does not grant the motion permit</source>
        <translation>متحكم السلامة لا يمنح إذن الحركة</translation>
    </message>
    <message>
        <source>contactor or trigger inhibit keep the beam off</source>
        <translation>القاطع أو مانع القدح يمنع الحزمة</translation>
    </message>
    <message>
        <source>the detector is not taking lines</source>
        <translation>الكاشف لا يأخذ خطوطًا</translation>
    </message>
    <message>
        <source>the PLC&apos;s data became stale</source>
        <translation>أصبحت بيانات المتحكم قديمة</translation>
    </message>
    <message>
        <source>the PLC&apos;s heartbeat stood still</source>
        <translation>توقف نبض المتحكم</translation>
    </message>
    <message>
        <source>the PLC did not confirm the lane&apos;s commands</source>
        <translation>لم يؤكد المتحكم أوامر المسار</translation>
    </message>
    <message>
        <source>the safety PLC reported a fault</source>
        <translation>أبلغ متحكم السلامة عن عطل</translation>
    </message>
    <message>
        <source>the two channels of a door or curtain differed for more than 0.5 s</source>
        <translation>اختلفت قناتا باب أو ستارة أكثر من 0.5 ث</translation>
    </message>
    <message>
        <source>high-voltage contactor and trigger inhibit differed for more than 0.5 s</source>
        <translation>اختلف قاطع الجهد العالي ومانع القدح أكثر من 0.5 ث</translation>
    </message>
    <message>
        <source>beam was sensed without a request</source>
        <translation>رُصدت حزمة دون طلب</translation>
    </message>
    <message>
        <source>the warning lamp drew no current with the warning on</source>
        <translation>لم يسحب مصباح الإنذار تيارًا أثناء الإنذار</translation>
    </message>
    <message>
        <source>an area dose monitor failed or gave alarm</source>
        <translation>تعطل جهاز قياس جرعة أو أطلق إنذارًا</translation>
    </message>
    <message>
        <source>the X-ray source reported a fault</source>
        <translation>أبلغ مصدر الأشعة عن عطل</translation>
    </message>
    <message>
        <source>Heartbeat of the lane</source>
        <translation>نبض المسار</translation>
    </message>
    <message>
        <source>stopped by the operator</source>
        <translation>أوقفه المشغّل</translation>
    </message>
    <message>
        <source>the reset failed: a cause is still present</source>
        <translation>فشل التصفير: سبب لا يزال قائمًا</translation>
    </message>
    <message>
        <source>the gantry does not stand still</source>
        <translation>الجسر ليس ساكنًا</translation>
    </message>
    <message>
        <source>the detector&apos;s capture failed</source>
        <translation>فشل التقاط الكاشف</translation>
    </message>
    <message>
        <source>the air calibration took longer than allowed</source>
        <translation>استغرقت معايرة الهواء أكثر من المسموح</translation>
    </message>
    <message>
        <source>the detector could not be armed</source>
        <translation>تعذر تجهيز الكاشف</translation>
    </message>
    <message>
        <source>the dark calibration gave too few lines</source>
        <translation>أعطت معايرة الظلام خطوطًا قليلة</translation>
    </message>
    <message>
        <source>the source gives no beam</source>
        <translation>المصدر لا يعطي حزمة</translation>
    </message>
    <message>
        <source>the record of the scan could not be opened</source>
        <translation>تعذر فتح سجل المسح</translation>
    </message>
    <message>
        <source>no scan began within the time of the warning</source>
        <translation>لم يبدأ مسح خلال مدة الإنذار</translation>
    </message>
    <message>
        <source>the beam went off by itself</source>
        <translation>انقطعت الحزمة من تلقاء نفسها</translation>
    </message>
    <message>
        <source>the last lines of the scan did not arrive</source>
        <translation>لم تصل آخر خطوط المسح</translation>
    </message>
    <message>
        <source>the record of the scan could not be stored</source>
        <translation>تعذر حفظ سجل المسح</translation>
    </message>
    <message>
        <source>the vehicle does not drive on to its place</source>
        <translation>المركبة لا تتقدم إلى مكانها</translation>
    </message>
    <message>
        <source>the driver is not seen in the cab, or a barrier does not close</source>
        <translation>لا يُرى السائق في المقصورة، أو حاجز لا يُغلق</translation>
    </message>
    <message>
        <source>the driver does not leave the cab, or a barrier does not close</source>
        <translation>السائق لا يغادر المقصورة، أو حاجز لا يُغلق</translation>
    </message>
    <message>
        <source>the driver does not return to the cab, or a door stays open</source>
        <translation>السائق لا يعود إلى المقصورة، أو باب يبقى مفتوحًا</translation>
    </message>
    <message>
        <source>the exit does not open</source>
        <translation>المخرج لا يُفتح</translation>
    </message>
    <message>
        <source>the vehicle does not drive out</source>
        <translation>المركبة لا تخرج</translation>
    </message>
    <message>
        <source>a Start is possible only with a vehicle in the tunnel that waits to be scanned</source>
        <translation>البدء ممكن فقط مع مركبة في النفق تنتظر المسح</translation>
    </message>
    <message>
        <source>a release needs a second reader here</source>
        <translation>الإفراج هنا يتطلب قارئًا ثانيًا</translation>
    </message>
    <message>
        <source>a reset is under way</source>
        <translation>تصفير جارٍ</translation>
    </message>
    <message>
        <source>a vehicle without a complete scan cannot be released</source>
        <translation>لا يُفرج عن مركبة دون مسح كامل</translation>
    </message>
    <message>
        <source>an emergency stop is still pressed</source>
        <translation>زر طوارئ لا يزال مضغوطًا</translation>
    </message>
    <message>
        <source>beam is still sensed</source>
        <translation>لا تزال الحزمة مرصودة</translation>
    </message>
    <message>
        <source>calibration is possible in Idle only</source>
        <translation>المعايرة ممكنة في الخمول فقط</translation>
    </message>
    <message>
        <source>maintenance begins from Off, SelfTest, Stopped or Faulted only</source>
        <translation>تبدأ الصيانة من Off أو SelfTest أو Stopped أو Faulted فقط</translation>
    </message>
    <message>
        <source>no vehicle waits for a decision</source>
        <translation>لا مركبة تنتظر قرارًا</translation>
    </message>
    <message>
        <source>the decision is not about the scan in review</source>
        <translation>القرار لا يخص المسح قيد المراجعة</translation>
    </message>
    <message>
        <source>the gantry still moves</source>
        <translation>الجسر لا يزال يتحرك</translation>
    </message>
    <message>
        <source>the key is not at service</source>
        <translation>المفتاح ليس على الخدمة</translation>
    </message>
    <message>
        <source>the lane is not empty</source>
        <translation>المسار ليس فارغًا</translation>
    </message>
    <message>
        <source>the lane is not in maintenance</source>
        <translation>المسار ليس في الصيانة</translation>
    </message>
    <message>
        <source>the radiation alarm is open: it must be adjudicated</source>
        <translation>إنذار الإشعاع مفتوح: يجب البت فيه</translation>
    </message>
    <message>
        <source>the record of the scan before is not closed yet</source>
        <translation>سجل المسح السابق لم يُغلق بعد</translation>
    </message>
    <message>
        <source>the self-test has not passed</source>
        <translation>لم ينجح الفحص الذاتي</translation>
    </message>
    <message>
        <source>the warning of the scan before has not ended yet</source>
        <translation>إنذار المسح السابق لم ينته بعد</translation>
    </message>
    <message>
        <source>there is no scan to repeat</source>
        <translation>لا مسح لإعادته</translation>
    </message>
    <message>
        <source>there is no valid radiation measurement: it must be adjudicated</source>
        <translation>لا قياس إشعاعي صالح: يجب البت فيه</translation>
    </message>
    <message>
        <source>there is nothing to reset: the lane is neither stopped nor faulted</source>
        <translation>لا شيء للتصفير: المسار ليس متوقفًا ولا معطلًا</translation>
    </message>
    <message>
        <source>warming up is possible after the self-test and in Idle only</source>
        <translation>التسخين ممكن بعد الفحص الذاتي وفي الخمول فقط</translation>
    </message>
    <message>
        <source>no vehicle waits for a decision in this bay</source>
        <translation>لا مركبة تنتظر قرارًا في هذا الموقف</translation>
    </message>
    <message>
        <source>the decision is not about the vehicle in this bay</source>
        <translation>القرار لا يخص المركبة في هذا الموقف</translation>
    </message>
    <message>
        <source>the vehicle&apos;s way is open already: hold it first</source>
        <translation>طريق المركبة مفتوح بالفعل: احجزها أولًا</translation>
    </message>
    <message>
        <source>the vehicle is not in its bay: another agency or an inspection must take the case on</source>
        <translation>المركبة ليست في موقفها: يجب أن تتولى الحالة جهة أخرى أو معاينة</translation>
    </message>
    <message>
        <source>the bay is not free</source>
        <translation>الموقف غير شاغر</translation>
    </message>
    <message>
        <source>the vehicle is no longer in the lane</source>
        <translation>المركبة لم تعد في المسار</translation>
    </message>
    <message>
        <source>the vehicle does not wait for a decision now</source>
        <translation>المركبة لا تنتظر قرارًا الآن</translation>
    </message>
    <message>
        <source>the case is decided; its answers stand</source>
        <translation>تم البت في الحالة؛ إجاباتها ثابتة</translation>
    </message>
    <message>
        <source>the case is decided already</source>
        <translation>تم البت في الحالة سابقًا</translation>
    </message>
    <message>
        <source>there is no image to decide on yet</source>
        <translation>لا صورة بعد للبت</translation>
    </message>
    <message>
        <source>another decision is being taken</source>
        <translation>يجري اتخاذ قرار آخر</translation>
    </message>
    <message>
        <source>a decision needs the name of an officer</source>
        <translation>القرار يتطلب اسم موظف</translation>
    </message>
    <message>
        <source>finding %1 is not answered yet</source>
        <translation>لم يُجب بعد عن الملاحظة %1</translation>
    </message>
    <message>
        <source>somebody else changed the marks on this image; look at theirs first</source>
        <translation>غيّر شخص آخر علامات هذه الصورة؛ انظر إليها أولًا</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>فارغ</translation>
    </message>
    <message>
        <source>waits for a decision</source>
        <translation>تنتظر قرارًا</translation>
    </message>
    <message>
        <source>on its way, not decided</source>
        <translation>في الطريق، لم يُبت فيها</translation>
    </message>
    <message>
        <source>released, its exit is open</source>
        <translation>مفرج عنها، مخرجها مفتوح</translation>
    </message>
    <message>
        <source>to inspection, its exit is open</source>
        <translation>إلى المعاينة، مخرجها مفتوح</translation>
    </message>
    <message>
        <source>held</source>
        <translation>محجوزة</translation>
    </message>
    <message>
        <source>to be scanned again, its exit is open</source>
        <translation>يُعاد مسحها، مخرجها مفتوح</translation>
    </message>
    <message>
        <source>isolated: stay away, do not open</source>
        <translation>معزولة: ابتعد ولا تفتح</translation>
    </message>
    <message>
        <source>the vehicle is gone, and no decision let it go</source>
        <translation>غادرت المركبة دون قرار</translation>
    </message>
    <message>
        <source>occupied by a vehicle that was not sent there</source>
        <translation>تشغله مركبة لم تُرسل إليه</translation>
    </message>
    <message>
        <source>the vehicle does not arrive</source>
        <translation>المركبة لا تصل</translation>
    </message>
    <message>
        <source>the lane was started again with this vehicle in a bay</source>
        <translation>أُعيد تشغيل المسار وهذه المركبة في موقف</translation>
    </message>
    <message>
        <source>the scan is running</source>
        <translation>المسح جارٍ</translation>
    </message>
    <message>
        <source>the image is being made</source>
        <translation>يجري إعداد الصورة</translation>
    </message>
    <message>
        <source>the lane is not ready for a decision yet</source>
        <translation>المسار غير جاهز بعد للقرار</translation>
    </message>
    <message>
        <source>Nobody decided in time; the lane put the vehicle on hold.</source>
        <translation>لم يقرر أحد في الوقت؛ حجز المسار المركبة.</translation>
    </message>
    <message>
        <source>put on hold: the time for a decision ran out</source>
        <translation>حُجزت: انتهت مهلة القرار</translation>
    </message>
    <message>
        <source>not carried out: %1</source>
        <translation>لم يُنفذ: %1</translation>
    </message>
    <message>
        <source>decided; the answer to customs is on its way</source>
        <translation>تم البت؛ الرد إلى الجمارك في الطريق</translation>
    </message>
    <message>
        <source>decided; no customs link is configured</source>
        <translation>تم البت؛ لم تُضبط وصلة جمارك</translation>
    </message>
    <message>
        <source>answer written to customs for %1</source>
        <translation>كُتب الرد إلى الجمارك عن %1</translation>
    </message>
    <message>
        <source>the record is incomplete: %1</source>
        <translation>السجل ناقص: %1</translation>
    </message>
    <message>
        <source>the record of the scan was cut off</source>
        <translation>قُطع سجل المسح</translation>
    </message>
    <message>
        <source>the portal saw no passage of this vehicle</source>
        <translation>لم ترصد البوابة مرور هذه المركبة</translation>
    </message>
    <message>
        <source>partial scan: %1</source>
        <translation>مسح جزئي: %1</translation>
    </message>
    <message>
        <source>partial scan</source>
        <translation>مسح جزئي</translation>
    </message>
    <message>
        <source>%1 line lost</source>
        <translation>فُقد خط واحد (%1)</translation>
    </message>
    <message>
        <source>%1 lines lost</source>
        <translation>خطوط مفقودة: %1</translation>
    </message>
    <message>
        <source>%1 pulse without dose</source>
        <translation>نبضة واحدة بلا جرعة (%1)</translation>
    </message>
    <message>
        <source>%1 pulses without dose</source>
        <translation>نبضات بلا جرعة: %1</translation>
    </message>
    <message>
        <source>%1 arced pulse left out</source>
        <translation>استُبعدت نبضة واحدة مقوّسة (%1)</translation>
    </message>
    <message>
        <source>%1 arced pulses left out</source>
        <translation>نبضات مقوّسة مستبعدة: %1</translation>
    </message>
    <message>
        <source>%1 line of test pattern left out</source>
        <translation>استُبعد خط اختبار واحد (%1)</translation>
    </message>
    <message>
        <source>%1 lines of test pattern left out</source>
        <translation>خطوط اختبار مستبعدة: %1</translation>
    </message>
    <message>
        <source>module %1 missing on %2 line</source>
        <translation>الوحدة %1 غائبة في خط واحد (%2)</translation>
    </message>
    <message>
        <source>module %1 missing on %2 lines</source>
        <translation>الوحدة %1 غائبة، خطوط: %2</translation>
    </message>
    <message>
        <source>Container %1: %2</source>
        <translation>الحاوية %1: %2</translation>
    </message>
    <message>
        <source>Container %1 is as declared.</source>
        <translation>الحاوية %1 كما صُرّح بها.</translation>
    </message>
    <message>
        <source>as declared.</source>
        <translation>كما صُرّح به.</translation>
    </message>
    <message>
        <source>container %1 is empty as declared.</source>
        <translation>الحاوية %1 فارغة كما صُرّح.</translation>
    </message>
    <message>
        <source>container %1 is loaded as declared.</source>
        <translation>الحاوية %1 محمّلة كما صُرّح.</translation>
    </message>
    <message>
        <source>empty as declared.</source>
        <translation>فارغة كما صُرّح.</translation>
    </message>
    <message>
        <source>loaded as declared.</source>
        <translation>محمّلة كما صُرّح.</translation>
    </message>
    <message>
        <source>declared loaded and looks empty.</source>
        <translation>مصرّح بأنها محمّلة وتبدو فارغة.</translation>
    </message>
    <message>
        <source>container %1 is declared loaded and looks empty.</source>
        <translation>الحاوية %1 مصرّح بأنها محمّلة وتبدو فارغة.</translation>
    </message>
    <message>
        <source>declared empty and holds about %1, %2 % of the side view filled.</source>
        <translation>مصرّح بأنها فارغة وفيها نحو %1، يشغل %2 % من المنظر الجانبي.</translation>
    </message>
    <message>
        <source>container %1 is declared empty and holds about %2, %3 % of the side view filled.</source>
        <translation>الحاوية %1 مصرّح بأنها فارغة وفيها نحو %2، يشغل %3 % من المنظر الجانبي.</translation>
    </message>
    <message>
        <source>Container %1 is not on the declaration, which names %2.</source>
        <translation>الحاوية %1 ليست في البيان الذي يذكر %2.</translation>
    </message>
    <message>
        <source>not on the declaration, which names %1.</source>
        <translation>ليست في البيان الذي يذكر %1.</translation>
    </message>
    <message>
        <source>Container %1 is declared; %2 of the same declaration is not on this vehicle.</source>
        <translation>الحاوية %1 مصرّح بها؛ %2 من البيان نفسه ليست على هذه المركبة.</translation>
    </message>
    <message>
        <source>declared; %1 of the same declaration is not on this vehicle.</source>
        <translation>مصرّح بها؛ %1 من البيان نفسه ليست على هذه المركبة.</translation>
    </message>
    <message>
        <source>the load weighs about %1 in the image, %2 less than the %3 declared.</source>
        <translation>تزن الحمولة نحو %1 في الصورة، أقل بـ %2 من المصرّح به %3.</translation>
    </message>
    <message>
        <source>the load weighs about %1 in the image, %2 more than the %3 declared.</source>
        <translation>تزن الحمولة نحو %1 في الصورة، أكثر بـ %2 من المصرّح به %3.</translation>
    </message>
    <message>
        <source>the load weighs about %1 in the image; no declaration says what it should weigh.</source>
        <translation>تزن الحمولة نحو %1 في الصورة؛ لا بيان يذكر وزنها.</translation>
    </message>
    <message>
        <source>the load weighs about %1 in the image; %2 declared.</source>
        <translation>تزن الحمولة نحو %1 في الصورة؛ المصرّح به %2.</translation>
    </message>
    <message>
        <source>the load&apos;s mass cannot be compared: %1.</source>
        <translation>تتعذر مقارنة كتلة الحمولة: %1.</translation>
    </message>
    <message>
        <source>no declaration names it</source>
        <translation>لا بيان يذكرها</translation>
    </message>
    <message>
        <source>its declarations contradict each other</source>
        <translation>بياناتها متناقضة</translation>
    </message>
    <message>
        <source>%1, so empty or loaded cannot be compared.</source>
        <translation>%1، لذا تتعذر مقارنة الفراغ أو التحميل.</translation>
    </message>
    <message>
        <source>%1 together declare %2, which the image does not show; %3 alone would agree: the documents must tell which holds.</source>
        <translation>%1 معًا تصرّح بـ %2، والصورة لا تُظهر ذلك؛ %3 وحده يطابق: على المستندات أن تحدد الساري.</translation>
    </message>
    <message>
        <source>No declaration is known for this vehicle and its containers.</source>
        <translation>لا بيان معروف لهذه المركبة وحاوياتها.</translation>
    </message>
    <message>
        <source>Declarations could not be asked for: %1.</source>
        <translation>تعذر طلب البيانات: %1.</translation>
    </message>
    <message>
        <source>There is no declaration to compare with.</source>
        <translation>لا بيان للمقارنة به.</translation>
    </message>
    <message>
        <source>The declaration names no container.</source>
        <translation>البيان لا يذكر أي حاوية.</translation>
    </message>
    <message>
        <source>A container&apos;s number was not read: read it by eye.</source>
        <translation>لم يُقرأ رقم حاوية: اقرأه بالعين.</translation>
    </message>
    <message>
        <source>No container was found in the image.</source>
        <translation>لم توجد حاوية في الصورة.</translation>
    </message>
    <message>
        <source>No container was found, so no mass can be compared.</source>
        <translation>لم توجد حاوية، لذا لا كتلة للمقارنة.</translation>
    </message>
    <message>
        <source>No container was found, so emptiness cannot be compared.</source>
        <translation>لم توجد حاوية، لذا تتعذر مقارنة الفراغ.</translation>
    </message>
    <message>
        <source>Each container has a declaration of its own: %1.</source>
        <translation>لكل حاوية بيان خاص: %1.</translation>
    </message>
    <message>
        <source>One declaration, %1.</source>
        <translation>بيان واحد، %1.</translation>
    </message>
    <message>
        <source>No alarm; nothing over background.</source>
        <translation>لا إنذار؛ لا شيء فوق الخلفية.</translation>
    </message>
    <message>
        <source>No alarm; at most %1 sigma over background.</source>
        <translation>لا إنذار؛ %1 سيغما على الأكثر فوق الخلفية.</translation>
    </message>
    <message>
        <source>Radiation was not measured: %1.</source>
        <translation>لم يُقس الإشعاع: %1.</translation>
    </message>
    <message>
        <source>The radiation portal gave %1: measure by hand first, unopened.</source>
        <translation>أعطت بوابة الإشعاع %1: قِس أولًا يدويًا دون فتح.</translation>
    </message>
    <message>
        <source>gamma alarm, %1 sigma over background</source>
        <translation>إنذار غاما، %1 سيغما فوق الخلفية</translation>
    </message>
    <message>
        <source>gamma and neutron alarm, %1 sigma over background</source>
        <translation>إنذار غاما ونيوترونات، %1 سيغما فوق الخلفية</translation>
    </message>
    <message>
        <source>neutron alarm</source>
        <translation>إنذار نيوترونات</translation>
    </message>
    <message>
        <source>the portal gave no reason</source>
        <translation>لم تعط البوابة سببًا</translation>
    </message>
    <message>
        <source>Metal, about %1 x %2 cm, in lighter goods; the neighbours hold none.</source>
        <translation>معدن، نحو %1 × %2 سم، في بضائع أخف؛ لا يوجد في جوارها.</translation>
    </message>
    <message>
        <source>Metal, about %1 x %2 cm, standing free.</source>
        <translation>معدن، نحو %1 × %2 سم، قائم وحده.</translation>
    </message>
    <message>
        <source>Heavy metal, about %1 x %2 cm, in lighter goods; the neighbours hold none.</source>
        <translation>معدن ثقيل، نحو %1 × %2 سم، في بضائع أخف؛ لا يوجد في جوارها.</translation>
    </message>
    <message>
        <source>Heavy metal, about %1 x %2 cm, standing free.</source>
        <translation>معدن ثقيل، نحو %1 × %2 سم، قائم وحده.</translation>
    </message>
    <message>
        <source>Metal too thick to be seen through, about %1 x %2 cm, in lighter goods; the neighbours hold none.</source>
        <translation>معدن أسمك من أن يُرى خلاله، نحو %1 × %2 سم، في بضائع أخف؛ لا يوجد في جوارها.</translation>
    </message>
    <message>
        <source>Metal too thick to be seen through, about %1 x %2 cm, standing free.</source>
        <translation>معدن أسمك من أن يُرى خلاله، نحو %1 × %2 سم، قائم وحده.</translation>
    </message>
    <message>
        <source>About %1 m from the rear, %2 m above the floor.</source>
        <translation>على نحو %1 م من الخلف، %2 م فوق الأرضية.</translation>
    </message>
    <message>
        <source>About %1 m from the rear.</source>
        <translation>على نحو %1 م من الخلف.</translation>
    </message>
    <message>
        <source>A block of heavy metal, about %1 x %2 cm, much denser than the goods around it.</source>
        <translation>كتلة معدن ثقيل، نحو %1 × %2 سم، أكثف بكثير من البضائع حولها.</translation>
    </message>
    <message>
        <source>A block that cannot be seen through, about %1 x %2 cm, much denser than the goods around it.</source>
        <translation>كتلة لا يُرى خلالها، نحو %1 × %2 سم، أكثف بكثير من البضائع حولها.</translation>
    </message>
    <message>
        <source>A block that cannot be seen through, about %1 x %2 cm: part of goods that are too thick as a whole.</source>
        <translation>كتلة لا يُرى خلالها، نحو %1 × %2 سم: جزء من بضائع سميكة كلها.</translation>
    </message>
    <message>
        <source>%1 % of this place was not measured.</source>
        <translation>لم يُقس %1 % من هذا الموضع.</translation>
    </message>
    <message>
        <source>The image is incomplete and was not searched: scan again.</source>
        <translation>الصورة ناقصة ولم تُفحص: أعد المسح.</translation>
    </message>
    <message>
        <source>%1 % of the container was not measured: what is there was not searched.</source>
        <translation>لم يُقس %1 % من الحاوية: ما فيه لم يُفحص.</translation>
    </message>
    <message>
        <source>There is no image.</source>
        <translation>لا توجد صورة.</translation>
    </message>
    <message>
        <source>There is no image: %1.</source>
        <translation>لا توجد صورة: %1.</translation>
    </message>
    <message>
        <source>Only one energy was measured: materials are not known.</source>
        <translation>قيست طاقة واحدة فقط: المواد غير معروفة.</translation>
    </message>
    <message>
        <source>%1 % of the image was not measured.</source>
        <translation>لم يُقس %1 % من الصورة.</translation>
    </message>
    <message>
        <source>%1 lines of the scan are lost.</source>
        <translation>خطوط مسح مفقودة: %1.</translation>
    </message>
    <message>
        <source>Not all of the vehicle was scanned: %1.</source>
        <translation>لم تُمسح المركبة كلها: %1.</translation>
    </message>
    <message>
        <source>import</source>
        <translation>استيراد</translation>
    </message>
    <message>
        <source>export</source>
        <translation>تصدير</translation>
    </message>
    <message>
        <source>transit</source>
        <translation>عبور</translation>
    </message>
    <message>
        <source>the lane&apos;s program had no memory; end other programs on this machine</source>
        <translation>نفدت ذاكرة برنامج المسار؛ أغلق برامج أخرى على هذا الجهاز</translation>
    </message>
    <message>
        <source>%1 reads this case now</source>
        <translation>%1 يقرأ هذه الحالة الآن</translation>
    </message>
    <message>
        <source>you have read this case; it waits for another reader</source>
        <translation>لقد قرأت هذه الحالة؛ وهي تنتظر قارئًا آخر</translation>
    </message>
    <message>
        <source>no accounts: everyone at this lane&apos;s socket may do everything</source>
        <translation>لا حسابات: كل من يتصل بالمسار يمكنه فعل كل شيء</translation>
    </message>
    <message>
        <source>no accounts: everyone at this socket may do everything</source>
        <translation>لا حسابات: كل من يتصل هنا يمكنه فعل كل شيء</translation>
    </message>
    <message>
        <source>name or password is not right</source>
        <translation>الاسم أو كلمة المرور غير صحيحة</translation>
    </message>
    <message>
        <source>too many log in at once; try again</source>
        <translation>محاولات دخول كثيرة في آن واحد؛ أعد المحاولة</translation>
    </message>
    <message>
        <source>Beam without request</source>
        <translation>حزمة دون طلب</translation>
    </message>
    <message>
        <source>Beam is sensed and the lane has not asked for it.</source>
        <translation>رُصدت حزمة ولم يطلبها المسار.</translation>
    </message>
    <message>
        <source>People near the gantry may be irradiated; the beam&apos;s means are withdrawn.</source>
        <translation>قد يتعرض أشخاص قرب الجسر للإشعاع؛ سُحبت وسائل الحزمة.</translation>
    </message>
    <message>
        <source>Press the emergency stop, keep everybody out, call the radiation safety officer.</source>
        <translation>اضغط زر الطوارئ، وأبقِ الجميع خارجًا، واتصل بمسؤول الوقاية من الإشعاع.</translation>
    </message>
    <message>
        <source>Beam-off means disagree</source>
        <translation>وسيلتا قطع الحزمة مختلفتان</translation>
    </message>
    <message>
        <source>The two means that end the beam do not report the same.</source>
        <translation>الوسيلتان اللتان تقطعان الحزمة لا تبلّغان بالحالة نفسها.</translation>
    </message>
    <message>
        <source>One of them may not end the beam; beam and motion are withdrawn and stay off.</source>
        <translation>قد لا تقطع إحداهما الحزمة؛ سُحبت الحزمة والحركة وتبقيان متوقفتين.</translation>
    </message>
    <message>
        <source>Keep everybody out, call maintenance; do not reset before the cause is found.</source>
        <translation>أبقِ الجميع خارجًا واتصل بالصيانة؛ لا تصفّر قبل معرفة السبب.</translation>
    </message>
    <message>
        <source>PLC does not answer</source>
        <translation>المتحكم المنطقي لا يجيب</translation>
    </message>
    <message>
        <source>No fresh data of the safety PLC: cable, switch, or the PLC itself.</source>
        <translation>لا بيانات حديثة من متحكم السلامة: الكبل أو المبدّل أو المتحكم نفسه.</translation>
    </message>
    <message>
        <source>Nothing of doors, curtains and stops is known; beam and motion stay off.</source>
        <translation>لا يُعرف شيء عن الأبواب والستائر وأزرار الإيقاف؛ تبقى الحزمة والحركة متوقفتين.</translation>
    </message>
    <message>
        <source>Look at the PLC&apos;s lamps and its network cable; reset when it answers again.</source>
        <translation>افحص مصابيح المتحكم وكبل شبكته؛ صفّر عندما يجيب من جديد.</translation>
    </message>
    <message>
        <source>Safety PLC has tripped</source>
        <translation>فصَل متحكم السلامة</translation>
    </message>
    <message>
        <source>The safety PLC lost an interlock or found a fault of its own; it names it.</source>
        <translation>فقد متحكم السلامة تعشيقًا أو وجد عطلًا فيه، وهو يسمّيه.</translation>
    </message>
    <message>
        <source>Beam and motion are off until it is reset.</source>
        <translation>الحزمة والحركة متوقفتان حتى التصفير.</translation>
    </message>
    <message>
        <source>Find what it names first, put it right, reset (F9).</source>
        <translation>ابحث عما يسمّيه أولًا وأصلحه ثم صفّر (F9).</translation>
    </message>
    <message>
        <source>Two channels disagree</source>
        <translation>قناتان مختلفتان</translation>
    </message>
    <message>
        <source>The two channels of a door, curtain or stop differ for longer than they may.</source>
        <translation>تختلف قناتا باب أو ستارة أو زر إيقاف مدة أطول من المسموح.</translation>
    </message>
    <message>
        <source>That input counts as tripped; beam and motion stay off.</source>
        <translation>يُعد هذا المدخل مفصولًا؛ تبقى الحزمة والحركة متوقفتين.</translation>
    </message>
    <message>
        <source>Look at the named input and its wiring, reset (F9).</source>
        <translation>افحص المدخل المذكور وأسلاكه ثم صفّر (F9).</translation>
    </message>
    <message>
        <source>Area dose monitor amiss</source>
        <translation>خلل في جهاز قياس الجرعة</translation>
    </message>
    <message>
        <source>A monitor of the area is over its limit, or does not measure.</source>
        <translation>جهاز في المنطقة تجاوز حده أو لا يقيس.</translation>
    </message>
    <message>
        <source>Dose outside is not known or too high; beam stays off.</source>
        <translation>الجرعة في الخارج غير معروفة أو مرتفعة؛ تبقى الحزمة متوقفة.</translation>
    </message>
    <message>
        <source>Keep distance, read the monitor itself, call the radiation safety officer.</source>
        <translation>ابتعد، واقرأ الجهاز نفسه، واتصل بمسؤول الوقاية من الإشعاع.</translation>
    </message>
    <message>
        <source>Vehicle gone without decision</source>
        <translation>غادرت مركبة دون قرار</translation>
    </message>
    <message>
        <source>A bay is empty whose vehicle nobody let go.</source>
        <translation>موقف فارغ لم يأذن أحد لمركبته بالمغادرة.</translation>
    </message>
    <message>
        <source>A vehicle may leave the port unexamined.</source>
        <translation>قد تغادر مركبة الميناء دون فحص.</translation>
    </message>
    <message>
        <source>Stop it at the gate; look at the cameras.</source>
        <translation>أوقفها عند البوابة؛ انظر إلى الكاميرات.</translation>
    </message>
    <message>
        <source>PLC&apos;s heartbeat stands still</source>
        <translation>نبض المتحكم متوقف</translation>
    </message>
    <message>
        <source>The PLC answers but its program does not run.</source>
        <translation>المتحكم يجيب لكن برنامجه لا يعمل.</translation>
    </message>
    <message>
        <source>Beam and motion stay off.</source>
        <translation>تبقى الحزمة والحركة متوقفتين.</translation>
    </message>
    <message>
        <source>Look at the PLC&apos;s mode; reset (F9) when it runs.</source>
        <translation>افحص وضع المتحكم؛ صفّر (F9) عندما يعمل.</translation>
    </message>
    <message>
        <source>PLC does not confirm commands</source>
        <translation>المتحكم لا يؤكد الأوامر</translation>
    </message>
    <message>
        <source>What the lane writes does not come back.</source>
        <translation>ما يكتبه المسار لا يعود.</translation>
    </message>
    <message>
        <source>Look at the PLC&apos;s mode and link; reset (F9).</source>
        <translation>افحص وضع المتحكم ووصلته؛ صفّر (F9).</translation>
    </message>
    <message>
        <source>Warning lamp failed</source>
        <translation>تعطل مصباح الإنذار</translation>
    </message>
    <message>
        <source>A warning lamp draws no current.</source>
        <translation>مصباح إنذار لا يسحب تيارًا.</translation>
    </message>
    <message>
        <source>No beam without a warning: scans are refused.</source>
        <translation>لا حزمة دون إنذار: تُرفض عمليات المسح.</translation>
    </message>
    <message>
        <source>Have the lamp replaced, reset (F9).</source>
        <translation>اطلب استبدال المصباح ثم صفّر (F9).</translation>
    </message>
    <message>
        <source>X-ray source reports a fault</source>
        <translation>مصدر الأشعة يبلّغ عن عطل</translation>
    </message>
    <message>
        <source>The source named a fault of its own.</source>
        <translation>سمّى المصدر عطلًا فيه.</translation>
    </message>
    <message>
        <source>No scan until it is gone.</source>
        <translation>لا مسح حتى يزول.</translation>
    </message>
    <message>
        <source>Read its words, reset (F9); call maintenance where it comes back.</source>
        <translation>اقرأ ما يقوله ثم صفّر (F9)؛ اتصل بالصيانة إن عاد.</translation>
    </message>
    <message>
        <source>Lane computer had no memory</source>
        <translation>نفدت ذاكرة حاسوب المسار</translation>
    </message>
    <message>
        <source>A step of the lane ended for want of memory.</source>
        <translation>انتهت خطوة للمسار لنقص الذاكرة.</translation>
    </message>
    <message>
        <source>Beam and motion were withdrawn.</source>
        <translation>سُحبت الحزمة والحركة.</translation>
    </message>
    <message>
        <source>Reset (F9); call maintenance where it comes back.</source>
        <translation>صفّر (F9)؛ اتصل بالصيانة إن عاد.</translation>
    </message>
    <message>
        <source>An emergency stop or the stop command.</source>
        <translation>زر طوارئ أو أمر الإيقاف.</translation>
    </message>
    <message>
        <source>Beam and motion are off.</source>
        <translation>الحزمة والحركة متوقفتان.</translation>
    </message>
    <message>
        <source>When all is safe release the stop and reset (F9).</source>
        <translation>عندما يكون كل شيء آمنًا حرّر زر الإيقاف وصفّر (F9).</translation>
    </message>
    <message>
        <source>X-ray source does not answer</source>
        <translation>مصدر الأشعة لا يجيب</translation>
    </message>
    <message>
        <source>Its controller is off or the link is broken.</source>
        <translation>وحدة تحكمه مطفأة أو الوصلة مقطوعة.</translation>
    </message>
    <message>
        <source>No scan.</source>
        <translation>لا مسح.</translation>
    </message>
    <message>
        <source>Look at its controller and cable; it comes back by itself.</source>
        <translation>افحص وحدة تحكمه وكبله؛ يعود من تلقاء نفسه.</translation>
    </message>
    <message>
        <source>X-ray source not ready</source>
        <translation>مصدر الأشعة غير جاهز</translation>
    </message>
    <message>
        <source>It is cold, or it reports something.</source>
        <translation>هو بارد أو يبلّغ عن شيء.</translation>
    </message>
    <message>
        <source>No scan until it is ready.</source>
        <translation>لا مسح حتى يجهز.</translation>
    </message>
    <message>
        <source>Warm it up (F6).</source>
        <translation>سخّنه (F6).</translation>
    </message>
    <message>
        <source>Detector does not answer</source>
        <translation>الكاشف لا يجيب</translation>
    </message>
    <message>
        <source>It is off or the link is broken.</source>
        <translation>مطفأ أو الوصلة مقطوعة.</translation>
    </message>
    <message>
        <source>Look at its power and cable; it comes back by itself.</source>
        <translation>افحص تغذيته وكبله؛ يعود من تلقاء نفسه.</translation>
    </message>
    <message>
        <source>Detector fault</source>
        <translation>عطل في الكاشف</translation>
    </message>
    <message>
        <source>Taking lines failed.</source>
        <translation>فشل أخذ الخطوط.</translation>
    </message>
    <message>
        <source>Read its words; call maintenance.</source>
        <translation>اقرأ ما يقوله؛ اتصل بالصيانة.</translation>
    </message>
    <message>
        <source>Detector needs attention</source>
        <translation>الكاشف يحتاج انتباهًا</translation>
    </message>
    <message>
        <source>It is not calibrated, or it reports something.</source>
        <translation>غير معاير أو يبلّغ عن شيء.</translation>
    </message>
    <message>
        <source>No scan, or images of less quality.</source>
        <translation>لا مسح، أو صور أقل جودة.</translation>
    </message>
    <message>
        <source>Calibrate (F7); clean its filter where it is warm.</source>
        <translation>عاير (F7)؛ نظّف مرشحه إن كان ساخنًا.</translation>
    </message>
    <message>
        <source>Radiation portal does not answer</source>
        <translation>بوابة الإشعاع لا تجيب</translation>
    </message>
    <message>
        <source>No vehicle is measured for radiation.</source>
        <translation>لا تُقاس أي مركبة إشعاعيًا.</translation>
    </message>
    <message>
        <source>Look at its power and cable; measure vehicles by hand.</source>
        <translation>افحص التغذية والكبل؛ قِس المركبات يدويًا.</translation>
    </message>
    <message>
        <source>Radiation portal fault</source>
        <translation>عطل في بوابة الإشعاع</translation>
    </message>
    <message>
        <source>It reports a fault.</source>
        <translation>تبلّغ عن عطل.</translation>
    </message>
    <message>
        <source>Its measurements do not count.</source>
        <translation>قياساتها لا تُحتسب.</translation>
    </message>
    <message>
        <source>Measure by hand; call maintenance.</source>
        <translation>قِس يدويًا؛ اتصل بالصيانة.</translation>
    </message>
    <message>
        <source>Radiation portal needs attention</source>
        <translation>بوابة الإشعاع تحتاج انتباهًا</translation>
    </message>
    <message>
        <source>It has no background yet, or it reports something.</source>
        <translation>لا خلفية إشعاعية لها بعد أو تبلّغ عن شيء.</translation>
    </message>
    <message>
        <source>Its measurements may not count.</source>
        <translation>قد لا تُحتسب قياساتها.</translation>
    </message>
    <message>
        <source>Wait for its background; measure by hand meanwhile.</source>
        <translation>انتظر خلفيتها الإشعاعية؛ قِس يدويًا في الأثناء.</translation>
    </message>
    <message>
        <source>Scans cannot be recorded</source>
        <translation>لا يمكن تسجيل المسح</translation>
    </message>
    <message>
        <source>The disk is full or does not write.</source>
        <translation>القرص ممتلئ أو لا يكتب.</translation>
    </message>
    <message>
        <source>Make room on the disk; call maintenance.</source>
        <translation>أفسح مكانًا على القرص؛ اتصل بالصيانة.</translation>
    </message>
    <message>
        <source>Cameras do not answer</source>
        <translation>الكاميرات لا تجيب</translation>
    </message>
    <message>
        <source>They are off or the link is broken.</source>
        <translation>مطفأة أو الوصلة مقطوعة.</translation>
    </message>
    <message>
        <source>Plates and numbers are not read.</source>
        <translation>لا تُقرأ اللوحات والأرقام.</translation>
    </message>
    <message>
        <source>Type plates and numbers; look at their power and cable.</source>
        <translation>اكتب اللوحات والأرقام؛ افحص التغذية والكبل.</translation>
    </message>
    <message>
        <source>Image analysis does not run</source>
        <translation>تحليل الصور لا يعمل</translation>
    </message>
    <message>
        <source>Its process ended or is behind.</source>
        <translation>انتهت عمليته أو تأخرت.</translation>
    </message>
    <message>
        <source>Findings come late; the image is there.</source>
        <translation>تأتي الملاحظات متأخرة؛ الصورة موجودة.</translation>
    </message>
    <message>
        <source>It is started again by itself; read images without findings meanwhile.</source>
        <translation>يُعاد تشغيله تلقائيًا؛ اقرأ الصور دون ملاحظات في الأثناء.</translation>
    </message>
    <message>
        <source>Customs link is down</source>
        <translation>وصلة الجمارك مقطوعة</translation>
    </message>
    <message>
        <source>The gateway does not answer.</source>
        <translation>بوابة الجمارك لا تجيب.</translation>
    </message>
    <message>
        <source>No declarations; answers wait here and are sent later.</source>
        <translation>لا بيانات جمركية؛ تنتظر الردود هنا وتُرسل لاحقًا.</translation>
    </message>
    <message>
        <source>Ask for papers; call the network&apos;s people where it stays.</source>
        <translation>اطلب الأوراق؛ اتصل بمسؤولي الشبكة إن استمر.</translation>
    </message>
    <message>
        <source>Audit log needs attention</source>
        <translation>سجل التدقيق يحتاج انتباهًا</translation>
    </message>
    <message>
        <source>Entries wait to be signed or written.</source>
        <translation>قيود تنتظر التوقيع أو الكتابة.</translation>
    </message>
    <message>
        <source>Decisions wait until they can be proven.</source>
        <translation>تنتظر القرارات حتى يمكن إثباتها.</translation>
    </message>
    <message>
        <source>Look at the signer and the disk.</source>
        <translation>افحص برنامج التوقيع والقرص.</translation>
    </message>
    <message>
        <source>Accounts need attention</source>
        <translation>الحسابات تحتاج انتباهًا</translation>
    </message>
    <message>
        <source>There are none, or one for emergencies is in use.</source>
        <translation>لا توجد حسابات، أو حساب طوارئ قيد الاستعمال.</translation>
    </message>
    <message>
        <source>Who did what may not be known.</source>
        <translation>قد لا يُعرف من فعل ماذا.</translation>
    </message>
    <message>
        <source>Add accounts; end the use of the emergency account.</source>
        <translation>أضف حسابات؛ أوقف استعمال حساب الطوارئ.</translation>
    </message>
    <message>
        <source>A device needs attention</source>
        <translation>جهاز يحتاج انتباهًا</translation>
    </message>
    <message>
        <source>It reports something that is not as usual.</source>
        <translation>يبلّغ عن شيء غير معتاد.</translation>
    </message>
    <message>
        <source>Work goes on; it may not for long.</source>
        <translation>العمل مستمر؛ وقد لا يطول.</translation>
    </message>
    <message>
        <source>A bay is not as expected</source>
        <translation>موقف على غير المتوقع</translation>
    </message>
    <message>
        <source>A vehicle does not arrive, or stands where none was sent.</source>
        <translation>مركبة لا تصل، أو تقف حيث لم تُرسل مركبة.</translation>
    </message>
    <message>
        <source>Case and vehicle may not belong together.</source>
        <translation>قد لا تخص الحالةُ المركبةَ.</translation>
    </message>
    <message>
        <source>Look at the bay; send the driver.</source>
        <translation>انظر إلى الموقف؛ أرسل السائق.</translation>
    </message>
    <message>
        <source>Go and look</source>
        <translation>اذهب وانظر</translation>
    </message>
    <message>
        <source>The lane cannot go on without somebody there.</source>
        <translation>لا يستطيع المسار المتابعة دون شخص هناك.</translation>
    </message>
    <message>
        <source>The vehicle waits.</source>
        <translation>المركبة تنتظر.</translation>
    </message>
    <message>
        <source>Do what the words beside it say.</source>
        <translation>افعل ما تقوله الكلمات المجاورة.</translation>
    </message>
    <message>
        <source>alarm raised</source>
        <translation>ظهر إنذار</translation>
    </message>
    <message>
        <source>alarm returned</source>
        <translation>زال إنذار</translation>
    </message>
    <message>
        <source>alarm acknowledged</source>
        <translation>أُقرّ بإنذار</translation>
    </message>
    <message>
        <source>alarm shelved</source>
        <translation>عُلّق إنذار</translation>
    </message>
    <message>
        <source>alarm unshelved</source>
        <translation>أُعيد إنذار</translation>
    </message>
    <message>
        <source>alarm suppressed</source>
        <translation>حُجب إنذار</translation>
    </message>
    <message>
        <source>alarm no longer suppressed</source>
        <translation>لم يعد الإنذار محجوبًا</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>من قِبل %1</translation>
    </message>
    <message>
        <source>for %1 min by %2: %3</source>
        <translation>لمدة %1 دقيقة من قِبل %2: %3</translation>
    </message>
    <message>
        <source>time is over</source>
        <translation>انتهت المدة</translation>
    </message>
    <message>
        <source>alarm %1: it does not stand any more</source>
        <translation>الإنذار %1: لم يعد قائمًا</translation>
    </message>
    <message>
        <source>alarm %1: it was raised anew meanwhile; look at it again</source>
        <translation>الإنذار %1: ظهر من جديد؛ انظر إليه مرة أخرى</translation>
    </message>
    <message>
        <source>alarm %1: its device does not answer, so nobody can see it</source>
        <translation>الإنذار %1: جهازه لا يجيب فلا يمكن رؤيته</translation>
    </message>
    <message>
        <source>alarm %1: it is shelved</source>
        <translation>الإنذار %1: معلّق</translation>
    </message>
    <message>
        <source>alarm %1: acknowledged by %2</source>
        <translation>الإنذار %1: أقرّ به %2</translation>
    </message>
    <message>
        <source>alarm %1: what ends work or is of high priority is not shelved</source>
        <translation>الإنذار %1: ما يوقف العمل أو أولويته عالية لا يُعلّق</translation>
    </message>
    <message>
        <source>alarm %1: it is not shelved</source>
        <translation>الإنذار %1: غير معلّق</translation>
    </message>
    <message>
        <source>this lane does not take %1</source>
        <translation>هذا المسار لا يقبل %1</translation>
    </message>
    <message>
        <source>ready; vehicle %1 comes to be scanned again</source>
        <translation>جاهز؛ المركبة %1 عائدة ليُعاد مسحها</translation>
    </message>
    <message>
        <source>vehicle %1 was sent round to be scanned again and does not come</source>
        <translation>المركبة %1 أُعيدت إلى المدخل ليُعاد مسحها ولم تصل</translation>
    </message>
    <message>
        <source>it may be vehicle %1, which was sent round to be scanned again</source>
        <translation>قد تكون هذه المركبة %1 التي أُعيدت إلى المدخل ليُعاد مسحها</translation>
    </message>
    <message>
        <source>too many vehicles are on their way to be scanned again</source>
        <translation>عدد المركبات العائدة لإعادة المسح كبير جدًا</translation>
    </message>
    <message>
        <source>the vehicle is in the lane again: decide on its new scan</source>
        <translation>المركبة في المسار من جديد: قرّر بشأن مسحها الجديد</translation>
    </message>
    <message>
        <source>the vehicle is on its way to be scanned again: another agency or an inspection must take the case on</source>
        <translation>المركبة عائدة ليُعاد مسحها: يجب أن تتولى الحالةَ جهة أخرى أو معاينة</translation>
    </message>
    <message>
        <source>the file is no photo: JPEG and PNG are taken</source>
        <translation>الملف ليس صورة: يُقبل JPEG و PNG</translation>
    </message>
    <message>
        <source>the photo is larger than 8 MiB; take it smaller</source>
        <translation>حجم الصورة يتجاوز 8 ميبيبايت؛ التقطها أصغر</translation>
    </message>
    <message>
        <source>the case has %1 photos already</source>
        <translation>للحالة %1 صورة بالفعل</translation>
    </message>
    <message>
        <source>the case was not referred to a physical inspection</source>
        <translation>لم تُحل الحالة إلى معاينة فعلية</translation>
    </message>
    <message>
        <source>you referred this case yourself; another records what was found</source>
        <translation>أحلتَ هذه الحالة بنفسك؛ يسجّل غيرك ما وُجد</translation>
    </message>
    <message>
        <source>finding %1</source>
        <translation>الملاحظة %1</translation>
    </message>
    <message>
        <source>the rest</source>
        <translation>الباقي</translation>
    </message>
    <message>
        <source>say what was found, where and how much</source>
        <translation>اذكر ما وُجد وأين وكم</translation>
    </message>
    <message>
        <source>another cause needs words that say which</source>
        <translation>السبب الآخر يحتاج إلى كلمات تسمّيه</translation>
    </message>
    <message>
        <source>say in words what was done</source>
        <translation>اذكر بالكلمات ما الذي تم</translation>
    </message>
    <message>
        <source>the ticket is closed already</source>
        <translation>الطلب مغلق بالفعل</translation>
    </message>
    <message>
        <source>this lane has no accounts, so that nobody can sign</source>
        <translation>لا حسابات لهذا المسار فلا يستطيع أحد التوقيع</translation>
    </message>
    <message>
        <source>two persons sign a handover; both names are the same</source>
        <translation>يوقّع شخصان على التسليم؛ الاسمان متطابقان</translation>
    </message>
    <message>
        <source>the list is too old to be signed; look at the new one first</source>
        <translation>القائمة أقدم من أن تُوقّع؛ انظر الجديدة أولًا</translation>
    </message>
    <message>
        <source>the list has been signed meanwhile; look at the new one first</source>
        <translation>وُقّعت القائمة في هذه الأثناء؛ انظر الجديدة أولًا</translation>
    </message>
    <message>
        <source>who hands over</source>
        <translation>من يسلّم</translation>
    </message>
    <message>
        <source>who takes over</source>
        <translation>من يستلم</translation>
    </message>
    <message>
        <source>%1 may not hand a shift over</source>
        <translation>لا يحق لـ %1 تسليم الوردية</translation>
    </message>
    <message>
        <source>until %1, by %2: %3</source>
        <translation>حتى %1، %2: %3</translation>
    </message>
    <message>
        <source>its verified gross mass of %1 leaves %2 without the container, as the image shows.</source>
        <translation>كتلتها الإجمالية المتحقَّق منها وقدرها %1 تُبقي %2 من دون الحاوية، كما تُظهر الصورة.</translation>
    </message>
    <message>
        <source>its verified gross mass of %1 leaves %2 without the container, as the image shows; the declaration does not agree with what was weighed.</source>
        <translation>كتلتها الإجمالية المتحقَّق منها وقدرها %1 تُبقي %2 من دون الحاوية، كما تُظهر الصورة؛ والبيان لا يطابق ما وُزن.</translation>
    </message>
    <message>
        <source>its verified gross mass of %1 leaves %2 without the container, and the image shows about %3, %4 more.</source>
        <translation>كتلتها الإجمالية المتحقَّق منها وقدرها %1 تُبقي %2 من دون الحاوية، والصورة تُظهر نحو %3، أي بزيادة %4.</translation>
    </message>
    <message>
        <source>its verified gross mass of %1 leaves %2 without the container, and the image shows about %3, %4 less.</source>
        <translation>كتلتها الإجمالية المتحقَّق منها وقدرها %1 تُبقي %2 من دون الحاوية، والصورة تُظهر نحو %3، أي بنقص %4.</translation>
    </message>
    <message>
        <source>about %1 are not declared.</source>
        <translation>نحو %1 غير مصرَّح بها.</translation>
    </message>
    <message>
        <source>If they are more of the declared goods, goods of %1 are not declared and %2 of duties and taxes are at stake.</source>
        <translation>إذا كانت من البضائع المصرَّح بها نفسها، فهناك بضائع بقيمة %1 غير مصرَّح بها، والرسوم والضرائب المعرَّضة للضياع %2.</translation>
    </message>
    <message>
        <source>By the image&apos;s 90 % interval it is %1.</source>
        <translation>بحسب مجال الثقة 90 % للصورة: %1.</translation>
    </message>
    <message>
        <source>By the image&apos;s 90 % interval, and by which of the %1 items they belong to, it is %2.</source>
        <translation>بحسب مجال الثقة 90 % للصورة، وبحسب أيّ البنود الـ%1 تنتمي إليه: %2.</translation>
    </message>
    <message>
        <source>Items without mass, value or rate, left out: %1.</source>
        <translation>بنود بلا كتلة أو قيمة أو معدل، لم تُحتسب: %1.</translation>
    </message>
    <message>
        <source>Other goods may owe more or less.</source>
        <translation>قد يستحق على بضائع أخرى أكثر أو أقل.</translation>
    </message>
    <message>
        <source>the revenue at stake cannot be said: %1.</source>
        <translation>لا يمكن تقدير الإيرادات المعرَّضة للضياع: %1.</translation>
    </message>
    <message>
        <source>it is declared empty, so what it holds has no declared value</source>
        <translation>مصرَّح بأنها فارغة، فلا قيمة مصرَّح بها لما فيها</translation>
    </message>
    <message>
        <source>none of its goods has a mass, a value in one currency and a rate in the tariff</source>
        <translation>لا بضاعة فيها لها كتلة وقيمة بعملة واحدة ومعدل في التعريفة</translation>
    </message>
    <message>
        <source>%1 less than declared is in the image; less goods owe no more, but a refund or export aid claimed on them would be at stake.</source>
        <translation>في الصورة أقل من المصرَّح به بمقدار %1؛ والبضائع الأقل لا يُستحق عليها أكثر، لكن أي استرداد أو دعم تصدير طُلب عنها يكون معرَّضًا للضياع.</translation>
    </message>
    <message>
        <source>the case is not decided yet; its report can be printed after that</source>
        <translation>لم يُبتّ في الحالة بعد؛ يمكن طباعة تقريرها بعد ذلك</translation>
    </message>
    <message>
        <source>this lane prints no reports</source>
        <translation>لا يطبع هذا المسار تقارير</translation>
    </message>
    <message>
        <source>the report was not ready after %1 s</source>
        <translation>لم يجهز التقرير بعد %1 ث</translation>
    </message>
    <message>
        <source>the report was not made (%1): %2</source>
        <translation>لم يُعدَّ التقرير (%1): %2</translation>
    </message>
    <message>
        <source>the case is not decided yet; it can be a reference after that</source>
        <translation>لم يُبتّ في الحالة بعد؛ يمكن أن تكون مرجعًا بعد ذلك</translation>
    </message>
    <message>
        <source>the case has no image to compare with</source>
        <translation>ليس للحالة صورة للمقارنة</translation>
    </message>
    <message>
        <source>no goods of chapter %1 are declared in it</source>
        <translation>لا بضائع من الفصل %1 مصرح بها فيها</translation>
    </message>
    <message>
        <source>An officer says that none of the %1 declarations that name this vehicle belongs to it.</source>
        <translation>يقول مفتش إنه لا يخص هذه المركبة أي من البيانات التي تسميها وعددها %1.</translation>
    </message>
    <message>
        <source>the case is decided; its declarations stand</source>
        <translation>الحالة مقرَّرة، وتبقى بياناتها كما هي</translation>
    </message>
    <message>
        <source>the declarations of this case are not in doubt</source>
        <translation>لا شك في بيانات هذه الحالة</translation>
    </message>
    <message>
        <source>the declarations of this case are others now than were shown; look at them first</source>
        <translation>بيانات هذه الحالة لم تعد تلك التي عُرضت؛ انظر إليها أولًا</translation>
    </message>
    <message>
        <source>the case has no declaration %1</source>
        <translation>ليس في الحالة البيان %1</translation>
    </message>
    <message>
        <source>the checks are being made again with the declaration that was chosen</source>
        <translation>تُعاد المقارنات بالبيان المختار</translation>
    </message>
    <message>
        <source>a decision is being taken</source>
        <translation>قرار قيد الاتخاذ</translation>
    </message>
    <message>
        <source>Customs keeps a vehicle that was released</source>
        <translation>الجمارك تحتجز مركبة أُفرج عنها</translation>
    </message>
    <message>
        <source>Customs ordered it after the decision.</source>
        <translation>أمرت الجمارك بذلك بعد القرار.</translation>
    </message>
    <message>
        <source>Goods that customs keeps may leave.</source>
        <translation>قد تغادر بضائع تحتجزها الجمارك.</translation>
    </message>
    <message>
        <source>Stop the vehicle before it leaves; a supervisor overrides the release.</source>
        <translation>أوقف المركبة قبل مغادرتها؛ ويلغي المشرف الإفراج.</translation>
    </message>
    <message>
        <source>this vehicle</source>
        <translation>هذه المركبة</translation>
    </message>
    <message>
        <source>customs holds it [%1].</source>
        <translation>الجمارك تحتجزها [%1].</translation>
    </message>
    <message>
        <source>customs says that it must not be loaded [%1].</source>
        <translation>الجمارك تمنع شحنها [%1].</translation>
    </message>
    <message>
        <source>customs asks for a control of it [%1].</source>
        <translation>الجمارك تطلب مراقبتها [%1].</translation>
    </message>
    <message>
        <source>customs asks for high-risk screening of it [%1].</source>
        <translation>الجمارك تطلب فحصًا أمنيًا عالي الخطورة [%1].</translation>
    </message>
    <message>
        <source>customs asks for its documents [%1].</source>
        <translation>الجمارك تطلب مستنداتها [%1].</translation>
    </message>
    <message>
        <source>customs told of it in a code that no list holds, which is no release [%1].</source>
        <translation>أبلغت الجمارك برمز لا تتضمنه أي قائمة، وهذا ليس إفراجًا [%1].</translation>
    </message>
    <message>
        <source>customs has lifted what it ordered [%1], by [%2].</source>
        <translation>رفعت الجمارك ما أمرت به [%1]، بـ [%2].</translation>
    </message>
    <message>
        <source>customs keeps the goods; decide otherwise, and a supervisor may override it</source>
        <translation>الجمارك تحتجز البضائع؛ اتخذ قرارًا آخر، ويمكن للمشرف تجاوزه</translation>
    </message>
    <message>
        <source>say in the remark how what customs asks for was dealt with</source>
        <translation>اذكر في الملاحظة كيف عولج ما تطلبه الجمارك</translation>
    </message>
    <message>
        <source>after the release</source>
        <translation>بعد الإفراج</translation>
    </message>
    <message>
        <source>the load looks as goods of %1 did in %2; other goods may look the same.</source>
        <translation>تبدو الحمولة كما بدت بضائع %1 في %2؛ وقد تبدو بضائع أخرى كذلك.</translation>
    </message>
    <message>
        <source>the load does not look like goods of %1: %2 in %3.</source>
        <translation>لا تشبه الحمولة بضائع %1: %2 في %3.</translation>
    </message>
    <message>
        <source>whether the load looks like the goods declared is not known: %1.</source>
        <translation>لا يُعرف هل تشبه الحمولة البضائع المصرح بها: %1.</translation>
    </message>
    <message>
        <source>%1 of its mass is organic matter, and of such goods %2</source>
        <translation>%1 من كتلتها مادة عضوية، وفي مثل هذه البضائع %2</translation>
    </message>
    <message>
        <source>%1 of its mass is light inorganic matter, and of such goods %2</source>
        <translation>%1 من كتلتها مادة غير عضوية خفيفة، وفي مثل هذه البضائع %2</translation>
    </message>
    <message>
        <source>%1 of its mass is metal, and of such goods %2</source>
        <translation>%1 من كتلتها معدن، وفي مثل هذه البضائع %2</translation>
    </message>
    <message>
        <source>%1 of its mass is heavy metal, and of such goods %2</source>
        <translation>%1 من كتلتها معدن ثقيل، وفي مثل هذه البضائع %2</translation>
    </message>
    <message>
        <source>%1 of it cannot be seen through, and of such goods at most %2</source>
        <translation>لا تنفذ الأشعة في %1 منها، وفي مثل هذه البضائع %2 على الأكثر</translation>
    </message>
    <message>
        <source>its areal density is %1, and that of such goods %2</source>
        <translation>كثافتها السطحية %1، وكثافة مثل هذه البضائع %2</translation>
    </message>
    <message>
        <source>its mass per volume is %1, and that of such goods %2</source>
        <translation>كتلتها لكل حجم %1، ولمثل هذه البضائع %2</translation>
    </message>
    <message>
        <source>its unevenness is %1, and that of such goods %2</source>
        <translation>عدم انتظامها %1، ولمثل هذه البضائع %2</translation>
    </message>
    <message>
        <source>its texture is %1, and that of such goods %2</source>
        <translation>نسيجها %1، ولمثل هذه البضائع %2</translation>
    </message>
    <message>
        <source>which of its declarations holds is not known</source>
        <translation>لا يُعرف أي من تصريحاتها هو المعتمد</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>هي فارغة</translation>
    </message>
    <message>
        <source>too little of the load was measured</source>
        <translation>قيس جزء صغير جدا من الحمولة</translation>
    </message>
    <message>
        <source>item %1 of %2 has no HS code</source>
        <translation>البند %1 من %2 بلا رمز النظام المنسق</translation>
    </message>
    <message>
        <source>no goods are declared for it</source>
        <translation>لا توجد بضائع مصرح بها لها</translation>
    </message>
    <message>
        <source>what goods look like was learnt from simulated scans only</source>
        <translation>لم يُتعلَّم شكل البضائع إلا من صور محاكاة</translation>
    </message>
    <message>
        <source>no scan of HS chapter %1 has taught what it looks like</source>
        <translation>لم تُعلِّم أي صورة للفصل %1 من النظام المنسق شكله</translation>
    </message>
    <message>
        <source>of HS chapter %1 only %2 scans are known, and %3 are needed</source>
        <translation>لا يُعرف من الفصل %1 من النظام المنسق إلا %2 صور، والمطلوب %3</translation>
    </message>
    <message>
        <source>No container was found, so its goods cannot be compared.</source>
        <translation>لم يُعثر على حاوية، فلا يمكن مقارنة بضائعها.</translation>
    </message>
    <message>
        <source>HS chapters %1 and %2</source>
        <translation>الفصول %1 و%2 من النظام المنسق</translation>
    </message>
    <message>
        <source>HS chapter %1</source>
        <translation>الفصل %1 من النظام المنسق</translation>
    </message>
    <message>
        <source>between %1 and %2</source>
        <translation>بين %1 و%2</translation>
    </message>
    <message>
        <source>%1 simulated scans</source>
        <translation>%1 صورة محاكاة</translation>
    </message>
    <message>
        <source>%1 scans</source>
        <translation>%1 صورة</translation>
    </message>
    <message>
        <source>Declaration %1: %2</source>
        <translation>البيان %1: %2</translation>
    </message>
    <message>
        <source>the containers of this vehicle are being decided on one by one: decide on each that is left</source>
        <translation>يُبت في حاويات هذه المركبة واحدة واحدة: بُتَّ في كل حاوية متبقية</translation>
    </message>
    <message>
        <source>container %1 is decided already; decide on the others</source>
        <translation>تم البت في الحاوية %1 بالفعل؛ بُتَّ في الحاويات الأخرى</translation>
    </message>
    <message>
        <source>calibration no longer fits: %1; take dark and air anew</source>
        <translation>المعايرة لم تعد صالحة: %1؛ أعد قياس الظلام والهواء</translation>
    </message>
    <message>
        <source>calibration is %1 hours old, allowed are %2: calibrate</source>
        <translation>عمر المعايرة %1 ساعة، والمسموح %2: عاير</translation>
    </message>
    <message>
        <source>calibration is %1 hours old, allowed are %2</source>
        <translation>عمر المعايرة %1 ساعة، والمسموح %2</translation>
    </message>
    <message>
        <source>commissioning data and wedges are %1 days old, allowed are %2; measure them anew</source>
        <translation>عمر بيانات التشغيل الأول والأسافين %1 يومًا، والمسموح %2؛ أعد قياسها</translation>
    </message>
    <message>
        <source>detector is %1 degC from its dark frame, allowed are %2</source>
        <translation>حرارة الكاشف تبعد %1 degC عن إطار الظلام، والمسموح %2</translation>
    </message>
    <message>
        <source>dose is %1 % from that of the air frames, allowed are %2</source>
        <translation>الجرعة تبعد %1 % عن إطارات الهواء، والمسموح %2</translation>
    </message>
    <message>
        <source>air behind the load is %1 % from the air frames, allowed are %2</source>
        <translation>الهواء خلف الحمولة يبعد %1 % عن إطارات الهواء، والمسموح %2</translation>
    </message>
    <message>
        <source>air is %1 % from the air frames, allowed are %2</source>
        <translation>الهواء يبعد %1 % عن إطارات الهواء، والمسموح %2</translation>
    </message>
    <message>
        <source>%1 pixels in air behind the load have changed by more than %2 %</source>
        <translation>تغيّر %1 بكسل في الهواء خلف الحمولة بأكثر من %2 %</translation>
    </message>
    <message>
        <source>%1 pixels in air have changed by more than %2 %</source>
        <translation>تغيّر %1 بكسل في الهواء بأكثر من %2 %</translation>
    </message>
    <message>
        <source>module %1 silent</source>
        <translation>الوحدة %1 صامتة</translation>
    </message>
    <message>
        <source>module %1 dead</source>
        <translation>الوحدة %1 معطلة</translation>
    </message>
    <message>
        <source>%1 line without a sound detector temperature</source>
        <translation>%1 خط دون حرارة موثوقة للكاشف</translation>
    </message>
    <message>
        <source>%1 lines without a sound detector temperature</source>
        <translation>خطوط دون حرارة موثوقة للكاشف: %1</translation>
    </message>
    <message>
        <source>%1 pixel went bad during the scan</source>
        <translation>تعطل %1 بكسل أثناء المسح</translation>
    </message>
    <message>
        <source>%1 pixels went bad during the scan</source>
        <translation>بكسلات تعطلت أثناء المسح: %1</translation>
    </message>
    <message>
        <source>%1 line saturated: %2</source>
        <translation>%1 خط مشبع: %2</translation>
    </message>
    <message>
        <source>%1 lines saturated: %2</source>
        <translation>خطوط مشبعة: %1: %2</translation>
    </message>
    <message>
        <source>%1 line saturated</source>
        <translation>%1 خط مشبع</translation>
    </message>
    <message>
        <source>%1 lines saturated</source>
        <translation>خطوط مشبعة: %1</translation>
    </message>
    <message>
        <source>%1 pixel at full scale, in module %2</source>
        <translation>%1 بكسل عند أقصى المقياس، في الوحدة %2</translation>
    </message>
    <message>
        <source>%1 pixels at full scale, in module %2</source>
        <translation>بكسلات عند أقصى المقياس: %1، في الوحدة %2</translation>
    </message>
    <message>
        <source>%1 pixels at full scale, in modules %2 and %3</source>
        <translation>بكسلات عند أقصى المقياس: %1، في الوحدات %2 و %3</translation>
    </message>
    <message>
        <source>%1 pixels at full scale, in %2 modules</source>
        <translation>بكسلات عند أقصى المقياس: %1، في %2 وحدات</translation>
    </message>
    <message>
        <source>%1 line repeated a pulse number</source>
        <translation>%1 خط كرر رقم نبضة</translation>
    </message>
    <message>
        <source>%1 lines repeated a pulse number</source>
        <translation>خطوط كررت رقم نبضة: %1</translation>
    </message>
    <message>
        <source>no line of low energy measured anything: its image is estimated from the high one as for aluminium, no material is told, mass is as of middle goods</source>
        <translation>لم يقس أي خط منخفض الطاقة شيئًا: قُدّرت صورته من العالية كالألمنيوم، ولا تُذكر مادة، والكتلة كبضائع متوسطة</translation>
    </message>
    <message>
        <source>no line of high energy measured anything: its image is estimated from the low one as for aluminium, no material is told, mass is as of middle goods</source>
        <translation>لم يقس أي خط عالي الطاقة شيئًا: قُدّرت صورته من المنخفضة كالألمنيوم، ولا تُذكر مادة، والكتلة كبضائع متوسطة</translation>
    </message>
    <message>
        <source>all dark: no line saw the beam; check the source and what is before it</source>
        <translation>كل شيء مظلم: لم يرَ أي خط الحزمة؛ افحص المصدر وما أمامه</translation>
    </message>
    <message>
        <source>%1 line left out: its encoder count is impossible</source>
        <translation>استُبعد %1 خط: عدّ المشفّر مستحيل</translation>
    </message>
    <message>
        <source>%1 lines left out: their encoder counts are impossible</source>
        <translation>خطوط مستبعدة: %1، أعداد المشفّر مستحيلة</translation>
    </message>
    <message>
        <source>%1 line left out: the scan had turned back by more than %2 mm</source>
        <translation>استُبعد %1 خط: عاد المسح إلى الخلف أكثر من %2 mm</translation>
    </message>
    <message>
        <source>%1 lines left out: the scan had turned back by more than %2 mm</source>
        <translation>خطوط مستبعدة: %1، عاد المسح إلى الخلف أكثر من %2 mm</translation>
    </message>
    <message>
        <source>A block much denser than the goods around it, about %1 x %2 cm; noise hides its material.</source>
        <translation>كتلة أكثف بكثير من البضائع حولها، نحو %1 x %2 سم؛ التشويش يخفي مادتها.</translation>
    </message>
    <message>
        <source>say first what you see in the image; the findings appear then</source>
        <translation>قل أولًا ما تراه في الصورة؛ ثم تظهر النتائج</translation>
    </message>
    <message>
        <source>the findings are shown already</source>
        <translation>النتائج معروضة بالفعل</translation>
    </message>
    <message>
        <source>the random draws of this vehicle are being asked for; try again</source>
        <translation>يجري طلب قرعات هذه المركبة؛ حاول مرة أخرى</translation>
    </message>
    <message>
        <source>the case is being judged again with the identity that was confirmed</source>
        <translation>يُعاد تقييم الملف بالهوية المؤكدة</translation>
    </message>
    <message>
        <source>the case is decided; its identity stands</source>
        <translation>حُسم الملف؛ وتبقى هويته</translation>
    </message>
    <message>
        <source>the case is not judged yet; correct it then</source>
        <translation>لم يُقيَّم الملف بعد؛ صححه بعدئذٍ</translation>
    </message>
    <message>
        <source>a container of this vehicle is decided on already by its number</source>
        <translation>حُسمت حاوية من هذه المركبة برقمها بالفعل</translation>
    </message>
    <message>
        <source>the case has this identity already</source>
        <translation>للملف هذه الهوية بالفعل</translation>
    </message>
    <message>
        <source>nobody has said whose vehicle it is; say it, and another confirms</source>
        <translation>لم يقل أحد لمن المركبة؛ قل ذلك ويؤكد شخص آخر</translation>
    </message>
    <message>
        <source>another identity was proposed meanwhile; look at it first</source>
        <translation>اقتُرحت هوية أخرى في هذه الأثناء؛ انظر إليها أولًا</translation>
    </message>
    <message>
        <source>who said whose vehicle it is does not confirm it; another has to</source>
        <translation>من قال لمن المركبة لا يؤكد ذلك؛ يجب أن يؤكده شخص آخر</translation>
    </message>
    <message>
        <source>container number %1 has not eleven characters</source>
        <translation>رقم الحاوية %1 ليس من أحد عشر حرفًا</translation>
    </message>
    <message>
        <source>container number %1 does not begin with three letters of its owner</source>
        <translation>رقم الحاوية %1 لا يبدأ بثلاثة أحرف لمالكها</translation>
    </message>
    <message>
        <source>container number %1 has none of U, J and Z as its fourth letter</source>
        <translation>الحرف الرابع في رقم الحاوية %1 ليس U أو J أو Z</translation>
    </message>
    <message>
        <source>container number %1 does not end with seven digits</source>
        <translation>رقم الحاوية %1 لا ينتهي بسبعة أرقام</translation>
    </message>
    <message>
        <source>container number %1 has another check digit: a character is not right</source>
        <translation>لرقم الحاوية %1 رقم تحقق آخر: أحد الأحرف غير صحيح</translation>
    </message>
    <message>
        <source>container number %1 is there twice</source>
        <translation>رقم الحاوية %1 مكرر</translation>
    </message>
    <message>
        <source>neither a plate nor a container number is given</source>
        <translation>لم تُذكر لوحة ولا رقم حاوية</translation>
    </message>
    <message>
        <source>not judged again with its identity: %1</source>
        <translation>لم يُعد تقييمه بهويته: %1</translation>
    </message>
    <message>
        <source>the camera&apos;s reference does not lie in the folder of its pictures</source>
        <translation>مرجع الكاميرا ليس في مجلد صورها</translation>
    </message>
    <message>
        <source>the folder of the cameras&apos; pictures cannot be read</source>
        <translation>تعذّرت قراءة مجلد صور الكاميرات</translation>
    </message>
    <message>
        <source>the picture is larger than 8 MiB</source>
        <translation>الصورة أكبر من 8 ميبي بايت</translation>
    </message>
    <message>
        <source>the camera&apos;s picture did not come within a minute</source>
        <translation>لم تصل صورة الكاميرا خلال دقيقة</translation>
    </message>
    <message>
        <source>the camera&apos;s file is no picture: JPEG and PNG are taken</source>
        <translation>ملف الكاميرا ليس صورة: يُقبل JPEG وPNG</translation>
    </message>
    <message>
        <source>the camera&apos;s picture ends before its end</source>
        <translation>صورة الكاميرا مبتورة</translation>
    </message>
    <message>
        <source>customs has invalidated it, so that it declares nothing any more [%1].</source>
        <translation>ألغت الجمارك صلاحيته، فلم يعد يصرّح بشيء [%1].</translation>
    </message>
    <message>
        <source>customs has amended it since it was lodged [%1].</source>
        <translation>عدّلته الجمارك بعد تقديمه [%1].</translation>
    </message>
    <message>
        <source>customs has amended it, and not all of that can be compared here [%1].</source>
        <translation>عدّلته الجمارك، ولا يمكن مقارنة كل ذلك هنا [%1].</translation>
    </message>
    <message>
        <source>its declarant has asked customs to amend it and has no answer yet [%1].</source>
        <translation>طلب المصرِّح من الجمارك تعديله ولم يتلقَّ ردًّا بعد [%1].</translation>
    </message>
    <message>
        <source>its declarant has asked customs to cancel it and has no answer yet [%1].</source>
        <translation>طلب المصرِّح من الجمارك إلغاءه ولم يتلقَّ ردًّا بعد [%1].</translation>
    </message>
    <message>
        <source>customs has dealt with what its declarant asked for [%1], by [%2].</source>
        <translation>عالجت الجمارك ما طلبه المصرِّح [%1]، بواسطة [%2].</translation>
    </message>
</context>
<context>
    <name>marks</name>
    <message>
        <source>%1 m² ± %2</source>
        <translation>‎%1 m² ± %2</translation>
    </message>
    <message>
        <source>%1 g/cm² ± %2</source>
        <translation>‎%1 g/cm² ± %2</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>على الأقل %1</translation>
    </message>
    <message>
        <source>%1 m ± %2</source>
        <translation>‎%1 m ± %2</translation>
    </message>
    <message>
        <source>cannot be measured here</source>
        <translation>لا يمكن القياس هنا</translation>
    </message>
    <message>
        <source>%1 kg (%2 to %3) above what is beside it</source>
        <translation>‎%1 kg (%2 – %3)‎ زيادة على ما بجانبه</translation>
    </message>
    <message>
        <source>%1 kg (%2 to %3) with all in its rays</source>
        <translation>‎%1 kg (%2 – %3)‎ مع كل ما تعبره الأشعة</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::AlarmModel</name>
    <message>
        <source>acknowledged by %1</source>
        <translation>أقرّ به %1</translation>
    </message>
    <message>
        <source>gone, not acknowledged</source>
        <translation>زال ولم يُقرّ به</translation>
    </message>
    <message>
        <source>shelved until %1 by %2: %3</source>
        <translation>معلّق حتى %1 من قِبل %2: %3</translation>
    </message>
    <message>
        <source>not to be seen: its device is lost</source>
        <translation>لا يمكن رؤيته: جهازه مفقود</translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation>لم يُقرّ به</translation>
    </message>
    <message>
        <source>First: %1</source>
        <translation>الأول: %1</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>لم يُقبل: %1</translation>
    </message>
    <message>
        <source>%1 in the last 10 min, %2 on average over 24 h; at most 1 is wanted</source>
        <translation>%1 في آخر 10 دقائق، و%2 في المتوسط خلال 24 ساعة؛ المرغوب 1 على الأكثر</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::CaseModel</name>
    <message>
        <source>cannot say</source>
        <translation>يتعذر الحكم</translation>
    </message>
    <message>
        <source>seen %1, declared %2</source>
        <translation>المرئي %1، المصرّح به %2</translation>
    </message>
    <message>
        <source>No case</source>
        <translation>لا توجد حالة</translation>
    </message>
    <message>
        <source>seal&#xa0;%1</source>
        <translation>ختم %1</translation>
    </message>
    <message>
        <source>No container number read</source>
        <translation>لم يُقرأ رقم الحاوية</translation>
    </message>
    <message>
        <source>plate %1</source>
        <translation>اللوحة %1</translation>
    </message>
    <message>
        <source>Tailgated</source>
        <translation>مركبة لاصقة خلفها</translation>
    </message>
    <message>
        <source>Number not readable</source>
        <translation>الرقم غير مقروء</translation>
    </message>
    <message>
        <source>Load on two vehicles</source>
        <translation>الحمولة على مركبتين</translation>
    </message>
    <message>
        <source>Identity in doubt</source>
        <translation>الهوية محل شك</translation>
    </message>
    <message>
        <source>Cannot be read: %1</source>
        <translation>تتعذر القراءة: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n declaration(s) name this vehicle; the documents must tell which one holds</source>
        <translation>
            <numerusform>لا بيان يذكر هذه المركبة</numerusform>
            <numerusform>بيان واحد يذكر هذه المركبة؛ على المستندات أن تحدد سريانه</numerusform>
            <numerusform>بيانان يذكران هذه المركبة؛ على المستندات أن تحدد الساري</numerusform>
            <numerusform>%n بيانات تذكر هذه المركبة؛ على المستندات أن تحدد الساري</numerusform>
            <numerusform>%n بيانًا يذكر هذه المركبة؛ على المستندات أن تحدد الساري</numerusform>
            <numerusform>%n بيان يذكر هذه المركبة؛ على المستندات أن تحدد الساري</numerusform>
        </translation>
    </message>
    <message>
        <source>Declarations could not be asked for: %1</source>
        <translation>تعذر طلب البيانات: %1</translation>
    </message>
    <message>
        <source>No declaration found for this vehicle</source>
        <translation>لا بيان لهذه المركبة</translation>
    </message>
    <message>
        <source>Declaration: looking</source>
        <translation>البيان: جارٍ البحث</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>الملاحظات</translation>
    </message>
    <message>
        <source>Findings: not yet</source>
        <translation>الملاحظات: ليس بعد</translation>
    </message>
    <message>
        <source>Findings: none</source>
        <translation>الملاحظات: لا شيء</translation>
    </message>
    <message>
        <source>Findings, all answered</source>
        <translation>الملاحظات، أُجيب عنها كلها</translation>
    </message>
    <message numerus="yes">
        <source>Findings, %n to answer</source>
        <translation>
            <numerusform>الملاحظات، أُجيب عنها كلها</numerusform>
            <numerusform>الملاحظات، واحدة للإجابة</numerusform>
            <numerusform>الملاحظات، اثنتان للإجابة</numerusform>
            <numerusform>الملاحظات، %n للإجابة</numerusform>
            <numerusform>الملاحظات، %n للإجابة</numerusform>
            <numerusform>الملاحظات، %n للإجابة</numerusform>
        </translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>تم البت</translation>
    </message>
    <message>
        <source>%1 by %2: %3</source>
        <translation>%1، %2: %3</translation>
    </message>
    <message>
        <source>Goes to hold in %1:%2.</source>
        <translation>يُحجز بعد %1:%2.</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>لم يوجد شيء</translation>
    </message>
    <message>
        <source>not examined</source>
        <translation>لم يُفحص</translation>
    </message>
    <message>
        <source>found %1, %2, %3</source>
        <translation>وُجد: %1، %2، %3</translation>
    </message>
    <message>
        <source>Opened: %1.</source>
        <translation>عند الفتح: %1.</translation>
    </message>
    <message>
        <source>Inspected by %1. The rest of the load: %2.</source>
        <translation>عاينه %1. باقي الحمولة: %2.</translation>
    </message>
    <message>
        <source>Old seal: %1.</source>
        <translation>الختم القديم: %1.</translation>
    </message>
    <message>
        <source>New seal: %1.</source>
        <translation>الختم الجديد: %1.</translation>
    </message>
    <message>
        <source>Scanned again; the scan before is %1</source>
        <translation>أُعيد المسح؛ المسح السابق هو %1</translation>
    </message>
    <message>
        <source>This vehicle was scanned again: %1</source>
        <translation>أُعيد مسح هذه المركبة: %1</translation>
    </message>
    <message numerus="yes">
        <source>None of the %n declaration(s) that name this vehicle belongs to it, says %1</source>
        <translation>
            <numerusform>لا بيان (%n) يسمي هذه المركبة يخصها، يقول %1</numerusform>
            <numerusform>البيان الذي يسمي هذه المركبة (%n) لا يخصها، يقول %1</numerusform>
            <numerusform>لا يخص هذه المركبة أي من البيانين (%n) اللذين يسميانها، يقول %1</numerusform>
            <numerusform>لا يخص هذه المركبة أي من %n بيانات تسميها، يقول %1</numerusform>
            <numerusform>لا يخص هذه المركبة أي من %n بيانًا يسميها، يقول %1</numerusform>
            <numerusform>لا يخص هذه المركبة أي من %n بيان يسميها، يقول %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Chosen by %1 among %n declaration(s)</source>
        <translation>
            <numerusform>اختاره %1 من %n بيان</numerusform>
            <numerusform>اختاره %1 من بيان واحد (%n)</numerusform>
            <numerusform>اختاره %1 من بيانين (%n)</numerusform>
            <numerusform>اختاره %1 من %n بيانات</numerusform>
            <numerusform>اختاره %1 من %n بيانًا</numerusform>
            <numerusform>اختاره %1 من %n بيان</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 by %3</source>
        <translation>%1: %2 بواسطة %3</translation>
    </message>
    <message>
        <source>Findings: after your own look</source>
        <translation>النتائج: بعد قراءتك أنت</translation>
    </message>
    <message>
        <source>%1 says whose vehicle it is: a second person has to confirm it (Ctrl I)</source>
        <translation>قال %1 لمن المركبة: يجب أن يؤكد ذلك شخص ثانٍ (Ctrl I)</translation>
    </message>
    <message>
        <source>Identity said by %1, confirmed by %2</source>
        <translation>الهوية قالها %1 وأكدها %2</translation>
    </message>
    <message>
        <source>Came after the decision, and was not decided on: %1</source>
        <translation>وصل بعد القرار ولم يُبَتّ فيه: %1</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::CompareModel</name>
    <message>
        <source>Not searched: %1</source>
        <translation>تعذر البحث: %1</translation>
    </message>
    <message>
        <source>Loading the scan of %1</source>
        <translation>جارٍ تحميل مسح %1</translation>
    </message>
    <message>
        <source>No container number and no reference: nothing to compare with</source>
        <translation>لا رقم حاوية ولا مرجع: لا شيء للمقارنة</translation>
    </message>
    <message>
        <source>No earlier scan of this container, and no reference</source>
        <translation>لا مسح سابق لهذه الحاوية ولا مرجع</translation>
    </message>
    <message>
        <source>Looking for scans to compare with</source>
        <translation>البحث عن عمليات مسح للمقارنة</translation>
    </message>
    <message>
        <source>Reference, an empty container: scan of %1</source>
        <translation>مرجع، حاوية فارغة: مسح %1</translation>
    </message>
    <message>
        <source>Reference, goods of chapter %1: scan of %2</source>
        <translation>مرجع، بضائع الفصل %1: مسح %2</translation>
    </message>
    <message>
        <source>Earlier scan of %1</source>
        <translation>مسح سابق بتاريخ %1</translation>
    </message>
    <message>
        <source>%1 (%2 of %3)</source>
        <translation>%1 (%2 من %3)</translation>
    </message>
    <message>
        <source>The scan of %1 cannot be shown: %2</source>
        <translation>لا يمكن عرض مسح %1: %2</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ComplaintModel</name>
    <message>
        <source>A ticket for maintenance is open.</source>
        <translation>فُتح طلب صيانة.</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>لم يُقبل: %1</translation>
    </message>
    <message>
        <source>stripes</source>
        <translation>خطوط</translation>
    </message>
    <message>
        <source>a part is missing</source>
        <translation>جزء ناقص</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>غير واضحة</translation>
    </message>
    <message>
        <source>noisy</source>
        <translation>مشوّشة</translation>
    </message>
    <message>
        <source>wrong colours</source>
        <translation>ألوان خاطئة</translation>
    </message>
    <message>
        <source>another cause</source>
        <translation>سبب آخر</translation>
    </message>
    <message>
        <source>Another cause needs words that say which.</source>
        <translation>السبب الآخر يحتاج إلى كلمات تسمّيه.</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>جارٍ الإرسال</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::DeclarationModel</name>
    <message>
        <source>names the container</source>
        <translation>يذكر الحاوية</translation>
    </message>
    <message>
        <source>names the same UCR</source>
        <translation>يحمل مرجع UCR نفسه</translation>
    </message>
    <message>
        <source>names the plate</source>
        <translation>يذكر لوحة المركبة</translation>
    </message>
    <message>
        <source>names the chassis</source>
        <translation>يذكر رقم الهيكل</translation>
    </message>
    <message>
        <source>no goods declared</source>
        <translation>لا بضائع مصرّح بها</translation>
    </message>
    <message numerus="yes">
        <source>and %n more item(s)</source>
        <translation>
            <numerusform>و%n صنف آخر</numerusform>
            <numerusform>وصنف آخر (%n)</numerusform>
            <numerusform>وصنفان آخران (%n)</numerusform>
            <numerusform>و%n أصناف أخرى</numerusform>
            <numerusform>و%n صنفًا آخر</numerusform>
            <numerusform>و%n صنف آخر</numerusform>
        </translation>
    </message>
    <message>
        <source>declarant not named</source>
        <translation>المصرِّح غير مذكور</translation>
    </message>
    <message>
        <source>no container named</source>
        <translation>لا حاوية مذكورة</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>لم يُقبل: %1</translation>
    </message>
    <message>
        <source>No connection to the lane: not sent.</source>
        <translation>لا اتصال بالمسار: لم يُرسل.</translation>
    </message>
    <message>
        <source>Your role does not decide cases.</source>
        <translation>دورك لا يخوّلك البت في الحالات.</translation>
    </message>
    <message>
        <source>Nothing is in doubt any more.</source>
        <translation>لم يعد هناك شك.</translation>
    </message>
    <message>
        <source>Choose a declaration first, or none of these.</source>
        <translation>اختر بيانًا أولًا، أو لا شيء منها.</translation>
    </message>
    <message>
        <source>named by a scan order</source>
        <translation>مذكور في أمر مسح</translation>
    </message>
    <message>
        <source>names the container of a scan order</source>
        <translation>يذكر حاوية أمر مسح</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::IdentityModel</name>
    <message>
        <source>Not taken: %1</source>
        <translation>لم يُقبل: %1</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>جارٍ الإرسال</translation>
    </message>
    <message>
        <source>plate %1</source>
        <translation>اللوحة %1</translation>
    </message>
    <message>
        <source>%1 says: %2. A second person has to confirm it.</source>
        <translation>يقول %1: %2. يجب أن يؤكد ذلك شخص ثانٍ.</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>اللوحة</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>الحاوية</translation>
    </message>
    <message>
        <source>Container type</source>
        <translation>نوع الحاوية</translation>
    </message>
    <message>
        <source>not taken</source>
        <translation>لم تُعتمد</translation>
    </message>
    <message>
        <source>This photo cannot be shown.</source>
        <translation>لا يمكن عرض هذه الصورة.</translation>
    </message>
    <message>
        <source>The camera sent no picture with this reading.</source>
        <translation>لم ترسل الكاميرا صورة مع هذه القراءة.</translation>
    </message>
    <message>
        <source>Being fetched</source>
        <translation>جارٍ الجلب</translation>
    </message>
    <message>
        <source>camera %1, %2</source>
        <translation>الكاميرا %1، %2</translation>
    </message>
    <message>
        <source>%1: nothing could be read; %2</source>
        <translation>%1: تعذّرت القراءة؛ %2</translation>
    </message>
    <message>
        <source>%1: %2, sure to %3 %; %4</source>
        <translation>%1: %2، بثقة %3 %؛ %4</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ImageStore</name>
    <message>
        <source>(%1 % around)</source>
        <translation>(%1 % حوله)</translation>
    </message>
    <message>
        <source>x %1 m   z %2 m</source>
        <translation>‎x %1 m   z %2 m</translation>
    </message>
    <message>
        <source>%1 g/cm²</source>
        <translation>‎%1 g/cm²</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ImageTools</name>
    <message>
        <source>standard image</source>
        <translation>الصورة القياسية</translation>
    </message>
    <message>
        <source>sweep</source>
        <translation>مسح متدرج</translation>
    </message>
    <message>
        <source>contrast %1 to %2</source>
        <translation>التباين %1 إلى %2</translation>
    </message>
    <message>
        <source>gamma %1</source>
        <translation>غاما %1</translation>
    </message>
    <message>
        <source>colours %1</source>
        <translation>الألوان %1</translation>
    </message>
    <message>
        <source>contrast</source>
        <translation>التباين</translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation>%1: متوقف</translation>
    </message>
    <message>
        <source>gamma</source>
        <translation>غاما</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>رمادي</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::InspectModel</name>
    <message>
        <source>The whole container</source>
        <translation>الحاوية كلها</translation>
    </message>
    <message>
        <source>%1 to %2 m from the doors, %3 to %4 m above the floor</source>
        <translation>من %1 إلى %2 م من الأبواب، ومن %3 إلى %4 م فوق الأرضية</translation>
    </message>
    <message>
        <source>Photo not kept: %1</source>
        <translation>لم تُحفظ الصورة: %1</translation>
    </message>
    <message>
        <source>Photo kept</source>
        <translation>حُفظت الصورة</translation>
    </message>
    <message>
        <source>Not recorded: %1</source>
        <translation>لم يُسجَّل: %1</translation>
    </message>
    <message>
        <source>Recorded; customs and the analyst are told.</source>
        <translation>سُجِّل؛ وأُبلغت الجمارك والمحلل.</translation>
    </message>
    <message>
        <source>The rest of the load</source>
        <translation>باقي الحمولة</translation>
    </message>
    <message>
        <source>No photos in %1</source>
        <translation>لا صور في %1</translation>
    </message>
    <message>
        <source>Choose a case first.</source>
        <translation>اختر حالة أولًا.</translation>
    </message>
    <message>
        <source>Only files of this machine can be added.</source>
        <translation>لا تُضاف إلا ملفات هذا الجهاز.</translation>
    </message>
    <message>
        <source>Photo is being sent</source>
        <translation>جارٍ إرسال الصورة</translation>
    </message>
    <message>
        <source>Your role does not record inspections.</source>
        <translation>دورك لا يخوّلك تسجيل المعاينات.</translation>
    </message>
    <message>
        <source>Finding %1</source>
        <translation>الملاحظة %1</translation>
    </message>
    <message>
        <source>%1: say what was found.</source>
        <translation>%1: اذكر ما وُجد.</translation>
    </message>
    <message>
        <source>%1: say what, where and how much.</source>
        <translation>%1: اذكر ماذا وأين وكم.</translation>
    </message>
    <message>
        <source>Being recorded</source>
        <translation>جارٍ التسجيل</translation>
    </message>
    <message>
        <source>No inspection waits</source>
        <translation>لا توجد معاينة منتظرة</translation>
    </message>
    <message numerus="yes">
        <source>%n inspection(s) wait</source>
        <translation>
            <numerusform>لا معاينات منتظرة</numerusform>
            <numerusform>معاينة واحدة منتظرة</numerusform>
            <numerusform>معاينتان منتظرتان</numerusform>
            <numerusform>%n معاينات منتظرة</numerusform>
            <numerusform>%n معاينة منتظرة</numerusform>
            <numerusform>%n معاينة منتظرة</numerusform>
        </translation>
    </message>
    <message>
        <source>No case chosen</source>
        <translation>لم تُختر حالة</translation>
    </message>
    <message>
        <source>Recorded by %1</source>
        <translation>سجّله %1</translation>
    </message>
    <message>
        <source>No seal is declared</source>
        <translation>لا ختم مصرّح به</translation>
    </message>
    <message>
        <source>Declared: %1</source>
        <translation>المصرّح به: %1</translation>
    </message>
    <message>
        <source>Drugs</source>
        <translation>مخدرات</translation>
    </message>
    <message>
        <source>Cigarettes</source>
        <translation>سجائر</translation>
    </message>
    <message>
        <source>Alcohol</source>
        <translation>كحول</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>نقود</translation>
    </message>
    <message>
        <source>Weapons</source>
        <translation>أسلحة</translation>
    </message>
    <message>
        <source>Waste</source>
        <translation>نفايات</translation>
    </message>
    <message>
        <source>Other goods</source>
        <translation>بضائع أخرى</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>شخص</translation>
    </message>
    <message>
        <source>In the box on the image</source>
        <translation>في الإطار على الصورة</translation>
    </message>
    <message>
        <source>At the doors</source>
        <translation>عند الأبواب</translation>
    </message>
    <message>
        <source>In the middle</source>
        <translation>في الوسط</translation>
    </message>
    <message>
        <source>At the front wall</source>
        <translation>عند الجدار الأمامي</translation>
    </message>
    <message>
        <source>In the floor</source>
        <translation>في الأرضية</translation>
    </message>
    <message>
        <source>In the roof</source>
        <translation>في السقف</translation>
    </message>
    <message>
        <source>In a side wall</source>
        <translation>في جدار جانبي</translation>
    </message>
    <message>
        <source>In the cartons</source>
        <translation>في الكراتين</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::LaneModel</name>
    <message>
        <source>Tripped first: %1</source>
        <translation>أول ما انفصل: %1</translation>
    </message>
    <message>
        <source>Go and look</source>
        <translation>اذهب وانظر</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>الموقف %1</translation>
    </message>
    <message>
        <source>%1: fault</source>
        <translation>%1: عطل</translation>
    </message>
    <message>
        <source>%1: state not known</source>
        <translation>%1: الحالة غير معروفة</translation>
    </message>
    <message>
        <source>%1: needs attention</source>
        <translation>%1: يحتاج إلى انتباه</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 س %2 د</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 د</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 ث</translation>
    </message>
    <message>
        <source>plate %1</source>
        <translation>اللوحة %1</translation>
    </message>
    <message>
        <source>No connection to the lane since %1</source>
        <translation>لا اتصال بالمسار منذ %1</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>المسار</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>غير متصل</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>asked, granted</source>
        <translation>مطلوب، ممنوح</translation>
    </message>
    <message>
        <source>asked, not granted</source>
        <translation>مطلوب، غير ممنوح</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>غير مطلوب</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>متوقفة</translation>
    </message>
    <message>
        <source>%1 mm/s back</source>
        <translation>‏%1 مم/ث للخلف</translation>
    </message>
    <message>
        <source>%1 mm/s</source>
        <translation>‏%1 مم/ث</translation>
    </message>
    <message>
        <source>entry %1, %2</source>
        <translation>المدخل %1، %2</translation>
    </message>
    <message>
        <source>exit %1, %2</source>
        <translation>المخرج %1، %2</translation>
    </message>
    <message>
        <source>%1 µSv/h</source>
        <translation>‎%1 µSv/h</translation>
    </message>
    <message numerus="yes">
        <source>%n truck(s)</source>
        <translation>
            <numerusform>لا شاحنات</numerusform>
            <numerusform>شاحنة واحدة</numerusform>
            <numerusform>شاحنتان</numerusform>
            <numerusform>%n شاحنات</numerusform>
            <numerusform>%n شاحنة</numerusform>
            <numerusform>%n شاحنة</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 today</source>
        <translation>%1 اليوم</translation>
    </message>
    <message>
        <source>
%1 s each</source>
        <translation>
%1 ث لكل منها</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>لا خطوط</numerusform>
            <numerusform>خط واحد</numerusform>
            <numerusform>خطان</numerusform>
            <numerusform>%n خطوط</numerusform>
            <numerusform>%n خطًا</numerusform>
            <numerusform>%n خط</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, none lost</source>
        <translation>%1، لم يُفقد شيء</translation>
    </message>
    <message>
        <source>%1, %2 lost</source>
        <translation>%1، فُقد %2</translation>
    </message>
    <message>
        <source>%1 UTC</source>
        <translation>‎%1 UTC</translation>
    </message>
    <message>
        <source>%1 (gone)</source>
        <translation>%1 (زال)</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::MarkModel</name>
    <message>
        <source>mark drawn</source>
        <translation>رُسمت علامة</translation>
    </message>
    <message>
        <source>words written</source>
        <translation>كُتب نص</translation>
    </message>
    <message>
        <source>mark taken away</source>
        <translation>أُزيلت علامة</translation>
    </message>
    <message>
        <source>along the line: highest %1 g/cm²</source>
        <translation>على طول الخط: الأعلى %1 غ/سم²</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::OfficeClient</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>تعذّرت قراءة %1: %2</translation>
    </message>
    <message>
        <source>%1 is larger than 8 MiB; take the photo smaller</source>
        <translation>حجم %1 يتجاوز 8 ميبيبايت؛ التقط صورة أصغر</translation>
    </message>
    <message>
        <source>the folder %1 cannot be made; see portcullis-hmi --export-folder</source>
        <translation>لا يمكن إنشاء المجلد %1؛ انظر portcullis-hmi --export-folder</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>لا يمكن كتابة %1: %2</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::OperateController</name>
    <message>
        <source>%1 not accepted: %2</source>
        <translation>لم يُقبل %1: %2</translation>
    </message>
    <message>
        <source>Answer to finding %1 not taken: %2</source>
        <translation>لم تُقبل الإجابة عن الملاحظة %1: %2</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>لم يُقبل: %1</translation>
    </message>
    <message>
        <source>Decision not taken: %1</source>
        <translation>لم يُقبل القرار: %1</translation>
    </message>
    <message>
        <source>Marks not kept: %1</source>
        <translation>لم تُحفظ العلامات: %1</translation>
    </message>
    <message>
        <source>This lane has no bays</source>
        <translation>ليس لهذا المسار مواقف</translation>
    </message>
    <message>
        <source>Bay %1 is empty</source>
        <translation>الموقف %1 فارغ</translation>
    </message>
    <message>
        <source>Stop sent</source>
        <translation>أُرسل الإيقاف</translation>
    </message>
    <message>
        <source>%1 not sent: no connection to the lane</source>
        <translation>لم يُرسل %1: لا اتصال بالمسار</translation>
    </message>
    <message>
        <source>%1 is not possible now: %2</source>
        <translation>‏%1 غير ممكن الآن: %2</translation>
    </message>
    <message>
        <source>No connection to the lane.</source>
        <translation>لا اتصال بالمسار.</translation>
    </message>
    <message>
        <source>No case to decide.</source>
        <translation>لا حالة للبت فيها.</translation>
    </message>
    <message>
        <source>The image is being worked on.</source>
        <translation>تجري معالجة الصورة.</translation>
    </message>
    <message>
        <source>This case is decided.</source>
        <translation>تم البت في هذه الحالة.</translation>
    </message>
    <message>
        <source>The image is being loaded.</source>
        <translation>يجري تحميل الصورة.</translation>
    </message>
    <message>
        <source>The case cannot be read: it goes to hold by itself.</source>
        <translation>تتعذر قراءة الحالة: ستُحجز تلقائيًا.</translation>
    </message>
    <message>
        <source>Answer both findings first.</source>
        <translation>أجب أولًا عن الملاحظتين.</translation>
    </message>
    <message numerus="yes">
        <source>Answer all %n finding(s) first.</source>
        <translation>
            <numerusform>لا ملاحظات للإجابة.</numerusform>
            <numerusform>أجب أولًا عن الملاحظة.</numerusform>
            <numerusform>أجب أولًا عن الملاحظتين.</numerusform>
            <numerusform>أجب أولًا عن %n ملاحظات.</numerusform>
            <numerusform>أجب أولًا عن %n ملاحظة.</numerusform>
            <numerusform>أجب أولًا عن %n ملاحظة.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a reason first.</source>
        <translation>اختر السبب أولًا.</translation>
    </message>
    <message>
        <source>No connection to the lane: not sent.</source>
        <translation>لا اتصال بالمسار: لم يُرسل.</translation>
    </message>
    <message>
        <source>Your role does not decide cases.</source>
        <translation>دورك لا يخوّلك البت في الحالات.</translation>
    </message>
    <message>
        <source>Your role does not have this page.</source>
        <translation>هذه الصفحة ليست لدورك.</translation>
    </message>
    <message>
        <source>No declarations to choose among</source>
        <translation>لا توجد بيانات للاختيار بينها</translation>
    </message>
    <message>
        <source>Whole vehicle</source>
        <translation>المركبة كاملة</translation>
    </message>
    <message>
        <source>Choose the container first.</source>
        <translation>اختر الحاوية أولًا.</translation>
    </message>
    <message>
        <source>What you see was not taken: %1</source>
        <translation>لم يُسجَّل ما تراه: %1</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::PhotoModel</name>
    <message>
        <source>%1, %2 KiB</source>
        <translation>%1، %2 كيبيبايت</translation>
    </message>
    <message>
        <source>This photo cannot be shown.</source>
        <translation>لا يمكن عرض هذه الصورة.</translation>
    </message>
    <message>
        <source>%1 (%2 of %3), by %4</source>
        <translation>%1 (%2 من %3)، بواسطة %4</translation>
    </message>
    <message>
        <source>Being fetched</source>
        <translation>قيد الجلب</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::PrintModel</name>
    <message>
        <source>Not written: %1</source>
        <translation>لم يُكتب: %1</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>كُتب: %1</translation>
    </message>
    <message>
        <source>The report can be had when the case is decided: it shows every reading.</source>
        <translation>يتاح التقرير بعد البت في الحالة: فهو يعرض كل قراءة.</translation>
    </message>
    <message>
        <source>The report is being made</source>
        <translation>التقرير قيد الإعداد</translation>
    </message>
    <message>
        <source>Not written: the image could not be drawn</source>
        <translation>لم يُكتب: تعذر رسم الصورة</translation>
    </message>
    <message>
        <source>The picture is being written</source>
        <translation>الصورة قيد الكتابة</translation>
    </message>
    <message>
        <source>SIMULATION  -  no radiation, no real vehicle</source>
        <translation>محاكاة  -  لا إشعاع ولا مركبة حقيقية</translation>
    </message>
    <message>
        <source>Case %1, scan %2</source>
        <translation>الحالة %1، المسح %2</translation>
    </message>
    <message>
        <source>%1: the standard image, unchanged</source>
        <translation>%1: الصورة القياسية دون تغيير</translation>
    </message>
    <message>
        <source>%1; changed: %2</source>
        <translation>%1؛ المُغيَّر: %2</translation>
    </message>
    <message>
        <source>Exported %1 UTC by %2</source>
        <translation>صُدِّرت %1 UTC بواسطة %2</translation>
    </message>
    <message>
        <source>Sent to the printer; also written: %1</source>
        <translation>أُرسل إلى الطابعة؛ وكُتب أيضًا: %1</translation>
    </message>
    <message>
        <source>Written: %1. Not printed: %2</source>
        <translation>كُتب: %1. لم يُطبع: %2</translation>
    </message>
    <message>
        <source>the print command ended with %1</source>
        <translation>انتهى أمر الطباعة بالرمز %1</translation>
    </message>
    <message>
        <source>Being sent to the printer</source>
        <translation>جارٍ الإرسال إلى الطابعة</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ProfileItem</name>
    <message>
        <source>no profile for this vehicle</source>
        <translation>لا مقطع لهذه المركبة</translation>
    </message>
    <message>
        <source>%1 counts/s</source>
        <translation>%1 عدّة/ث</translation>
    </message>
    <message>
        <source>%1 m from the front: %2</source>
        <translation>على بُعد %1 م من المقدمة: %2</translation>
    </message>
    <message>
        <source>%1 to %2 counts/s</source>
        <translation>من %1 إلى %2 عدّة/ث</translation>
    </message>
    <message>
        <source>%1, background %2, alarm above %3</source>
        <translation>%1، الخلفية %2، الإنذار فوق %3</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::QueueModel</name>
    <message>
        <source>No container number read</source>
        <translation>لم يُقرأ رقم الحاوية</translation>
    </message>
    <message>
        <source>plate %1</source>
        <translation>اللوحة %1</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>لم يُبتّ فيها</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>تم البت</translation>
    </message>
    <message>
        <source>No image yet</source>
        <translation>لا صورة بعد</translation>
    </message>
    <message>
        <source>all</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>لم يُبتّ فيها</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>تم البت</translation>
    </message>
    <message>
        <source>last 24 h</source>
        <translation>آخر 24 ساعة</translation>
    </message>
    <message numerus="yes">
        <source>last %n day(s)</source>
        <translation>
            <numerusform>آخر %n يوم</numerusform>
            <numerusform>آخر يوم</numerusform>
            <numerusform>آخر يومين</numerusform>
            <numerusform>آخر %n أيام</numerusform>
            <numerusform>آخر %n يومًا</numerusform>
            <numerusform>آخر %n يوم</numerusform>
        </translation>
    </message>
    <message>
        <source>State: %1</source>
        <translation>الحالة: %1</translation>
    </message>
    <message>
        <source>Finding: %1</source>
        <translation>الملاحظة: %1</translation>
    </message>
    <message>
        <source>Time: %1</source>
        <translation>الفترة: %1</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>جارٍ البحث</translation>
    </message>
    <message>
        <source>Not searched: %1</source>
        <translation>تعذر البحث: %1</translation>
    </message>
    <message>
        <source>No case is like that</source>
        <translation>لا حالة مطابقة</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n of more case(s)</source>
        <translation>
            <numerusform>أحدث %n حالة من حالات أخرى</numerusform>
            <numerusform>أحدث حالة من حالات أخرى</numerusform>
            <numerusform>أحدث حالتين من حالات أخرى</numerusform>
            <numerusform>أحدث %n حالات من حالات أخرى</numerusform>
            <numerusform>أحدث %n حالة من حالات أخرى</numerusform>
            <numerusform>أحدث %n حالة من حالات أخرى</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>لا حالات</numerusform>
            <numerusform>حالة واحدة</numerusform>
            <numerusform>حالتان</numerusform>
            <numerusform>%n حالات</numerusform>
            <numerusform>%n حالة</numerusform>
            <numerusform>%n حالة</numerusform>
        </translation>
    </message>
    <message>
        <source>older ones need a narrower time</source>
        <translation>الأقدم يتطلب فترة أضيق</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ReferenceModel</name>
    <message>
        <source>Kept.</source>
        <translation>تم الاحتفاظ به.</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>لم يُقبل: %1</translation>
    </message>
    <message>
        <source>an empty container</source>
        <translation>حاوية فارغة</translation>
    </message>
    <message>
        <source>goods of chapter %1</source>
        <translation>بضائع الفصل %1</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>جارٍ الإرسال</translation>
    </message>
    <message>
        <source>A supervisor keeps references.</source>
        <translation>يحتفظ المشرف بالمراجع.</translation>
    </message>
    <message>
        <source>The case can be a reference when it is decided.</source>
        <translation>يمكن أن تكون الحالة مرجعًا بعد البت فيها.</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ShownParts</name>
    <message>
        <source>%1 % of the cargo was never shown at 1:2 or closer.</source>
        <translation>لم يُعرض %1 % من الحمولة قط بمقياس ⁦1:2⁩ أو أقرب.</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::SuperviseModel</name>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 س %2 د</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 ث</translation>
    </message>
    <message>
        <source>%1 % (%2 to %3)</source>
        <translation>%1 % (%2 إلى %3)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 من %2</translation>
    </message>
    <message>
        <source>hits %1, false alarms %2</source>
        <translation>إصابات %1، إنذارات كاذبة %2</translation>
    </message>
    <message>
        <source>held something: %1</source>
        <translation>وُجد فيها شيء: %1</translation>
    </message>
    <message>
        <source>Open case</source>
        <translation>حالة مفتوحة</translation>
    </message>
    <message>
        <source>Being read</source>
        <translation>قيد القراءة</translation>
    </message>
    <message>
        <source>Bay</source>
        <translation>موقف</translation>
    </message>
    <message>
        <source>Inspection without outcome</source>
        <translation>معاينة بلا نتيجة</translation>
    </message>
    <message>
        <source>Shelved alarm</source>
        <translation>إنذار مؤجَّل</translation>
    </message>
    <message>
        <source>Bypass</source>
        <translation>تجاوز</translation>
    </message>
    <message>
        <source>Unfit image</source>
        <translation>صورة غير صالحة</translation>
    </message>
    <message>
        <source>Not signed: %1</source>
        <translation>لم يُوقَّع: %1</translation>
    </message>
    <message>
        <source>Signed by both and kept.</source>
        <translation>وقّعه الطرفان وحُفظ.</translation>
    </message>
    <message>
        <source>Both sign: two names and two passwords.</source>
        <translation>يوقّع الطرفان: اسمان وكلمتا مرور.</translation>
    </message>
    <message>
        <source>Being checked</source>
        <translation>جارٍ التحقق</translation>
    </message>
    <message>
        <source>Being asked for</source>
        <translation>جارٍ الطلب</translation>
    </message>
    <message>
        <source>No case waits</source>
        <translation>لا توجد حالة منتظرة</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) wait, the oldest for %1</source>
        <translation>
            <numerusform>%n حالة منتظرة، أقدمها منذ %1</numerusform>
            <numerusform>%n حالة منتظرة، منذ %1</numerusform>
            <numerusform>%n حالتان منتظرتان، أقدمهما منذ %1</numerusform>
            <numerusform>%n حالات منتظرة، أقدمها منذ %1</numerusform>
            <numerusform>%n حالة منتظرة، أقدمها منذ %1</numerusform>
            <numerusform>%n حالة منتظرة، أقدمها منذ %1</numerusform>
        </translation>
    </message>
    <message>
        <source>nobody reads it</source>
        <translation>لا يقرؤها أحد</translation>
    </message>
    <message>
        <source>read by %1</source>
        <translation>يقرؤها %1</translation>
    </message>
    <message>
        <source>median %1, 9 of 10 within %2, overridden %3</source>
        <translation>الوسيط %1، 9 من 10 خلال %2، المنقوضة %3</translation>
    </message>
    <message>
        <source>By finder</source>
        <translation>حسب الكاشف</translation>
    </message>
    <message>
        <source>By check that differed</source>
        <translation>حسب المقارنة المختلفة</translation>
    </message>
    <message>
        <source>By reason of the referral</source>
        <translation>حسب سبب الإحالة</translation>
    </message>
    <message>
        <source>By customs rule</source>
        <translation>حسب قاعدة الجمارك</translation>
    </message>
    <message>
        <source>Selected by customs</source>
        <translation>اختارته الجمارك</translation>
    </message>
    <message>
        <source>Drawn at random</source>
        <translation>بالقرعة</translation>
    </message>
    <message>
        <source>Read as release, opened</source>
        <translation>قُرئ إفراجًا وفُتح</translation>
    </message>
    <message>
        <source>Overridden</source>
        <translation>منقوض</translation>
    </message>
    <message>
        <source>open</source>
        <translation>مفتوح</translation>
    </message>
    <message>
        <source>closed by %1</source>
        <translation>أغلقه %1</translation>
    </message>
    <message>
        <source>Handover of the shift</source>
        <translation>تسليم الوردية</translation>
    </message>
    <message>
        <source>Handover of the shift, as of %1</source>
        <translation>تسليم الوردية، حتى %1</translation>
    </message>
    <message>
        <source>None has been signed yet</source>
        <translation>لم يُوقَّع أي تسليم بعد</translation>
    </message>
    <message>
        <source>Last: %1, from %2 to %3</source>
        <translation>الأخير: %1، من %2 إلى %3</translation>
    </message>
    <message>
        <source>More scans than can be counted: the figures are of those since %1</source>
        <translation>عمليات المسح أكثر مما يمكن عدّه: الأرقام لما كان منها منذ %1</translation>
    </message>
    <message>
        <source>Read first: seen by the reader alone</source>
        <translation>قُرئ أولًا: رآه القارئ وحده</translation>
    </message>
    <message>
        <source>Read first: found by the machine</source>
        <translation>قُرئ أولًا: وجدته الآلة</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>%1 kg</source>
        <translation>%1 كغ</translation>
    </message>
    <message numerus="yes">
        <source>%1 barrel(s)</source>
        <translation>
            <numerusform>%1 برميل</numerusform>
            <numerusform>%1 برميل</numerusform>
            <numerusform>%1 برميلان</numerusform>
            <numerusform>%1 براميل</numerusform>
            <numerusform>%1 برميلًا</numerusform>
            <numerusform>%1 برميل</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 bag(s)</source>
        <translation>
            <numerusform>%1 كيس</numerusform>
            <numerusform>%1 كيس</numerusform>
            <numerusform>%1 كيسان</numerusform>
            <numerusform>%1 أكياس</numerusform>
            <numerusform>%1 كيسًا</numerusform>
            <numerusform>%1 كيس</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 box(es)</source>
        <translation>
            <numerusform>%1 علبة</numerusform>
            <numerusform>%1 علبة</numerusform>
            <numerusform>%1 علبتان</numerusform>
            <numerusform>%1 علب</numerusform>
            <numerusform>%1 علبة</numerusform>
            <numerusform>%1 علبة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 crate(s)</source>
        <translation>
            <numerusform>%1 قفص</numerusform>
            <numerusform>%1 قفص</numerusform>
            <numerusform>%1 قفصان</numerusform>
            <numerusform>%1 أقفاص</numerusform>
            <numerusform>%1 قفصًا</numerusform>
            <numerusform>%1 قفص</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 case(s)</source>
        <translation>
            <numerusform>%1 صندوق</numerusform>
            <numerusform>%1 صندوق</numerusform>
            <numerusform>%1 صندوقان</numerusform>
            <numerusform>%1 صناديق</numerusform>
            <numerusform>%1 صندوقًا</numerusform>
            <numerusform>%1 صندوق</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 carton(s)</source>
        <translation>
            <numerusform>%1 كرتونة</numerusform>
            <numerusform>%1 كرتونة</numerusform>
            <numerusform>%1 كرتونتان</numerusform>
            <numerusform>%1 كراتين</numerusform>
            <numerusform>%1 كرتونة</numerusform>
            <numerusform>%1 كرتونة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 drum(s)</source>
        <translation>
            <numerusform>%1 برميل معدني</numerusform>
            <numerusform>%1 برميل معدني</numerusform>
            <numerusform>%1 برميلان معدنيان</numerusform>
            <numerusform>%1 براميل معدنية</numerusform>
            <numerusform>%1 برميلًا معدنيًا</numerusform>
            <numerusform>%1 برميل معدني</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 packet(s)</source>
        <translation>
            <numerusform>%1 رزمة</numerusform>
            <numerusform>%1 رزمة</numerusform>
            <numerusform>%1 رزمتان</numerusform>
            <numerusform>%1 رزم</numerusform>
            <numerusform>%1 رزمة</numerusform>
            <numerusform>%1 رزمة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 parcel(s)</source>
        <translation>
            <numerusform>%1 طرد بريدي</numerusform>
            <numerusform>%1 طرد بريدي</numerusform>
            <numerusform>%1 طردان بريديان</numerusform>
            <numerusform>%1 طرود بريدية</numerusform>
            <numerusform>%1 طردًا بريديًا</numerusform>
            <numerusform>%1 طرد بريدي</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 package(s)</source>
        <translation>
            <numerusform>%1 طرد</numerusform>
            <numerusform>%1 طرد</numerusform>
            <numerusform>%1 طردان</numerusform>
            <numerusform>%1 طرود</numerusform>
            <numerusform>%1 طردًا</numerusform>
            <numerusform>%1 طرد</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 pallet(s)</source>
        <translation>
            <numerusform>%1 منصة</numerusform>
            <numerusform>%1 منصة</numerusform>
            <numerusform>%1 منصتان</numerusform>
            <numerusform>%1 منصات</numerusform>
            <numerusform>%1 منصة</numerusform>
            <numerusform>%1 منصة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 roll(s)</source>
        <translation>
            <numerusform>%1 لفة</numerusform>
            <numerusform>%1 لفة</numerusform>
            <numerusform>%1 لفتان</numerusform>
            <numerusform>%1 لفات</numerusform>
            <numerusform>%1 لفة</numerusform>
            <numerusform>%1 لفة</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 sack(s)</source>
        <translation>
            <numerusform>%1 شوال</numerusform>
            <numerusform>%1 شوال</numerusform>
            <numerusform>%1 شوالان</numerusform>
            <numerusform>%1 شوالات</numerusform>
            <numerusform>%1 شوالًا</numerusform>
            <numerusform>%1 شوال</numerusform>
        </translation>
    </message>
    <message>
        <source>too thin to say</source>
        <translation>أرقّ من أن يُحدَّد</translation>
    </message>
    <message>
        <source>organic</source>
        <translation>عضوي</translation>
    </message>
    <message>
        <source>light inorganic</source>
        <translation>غير عضوي خفيف</translation>
    </message>
    <message>
        <source>metal</source>
        <translation>معدن</translation>
    </message>
    <message>
        <source>heavy metal</source>
        <translation>معدن ثقيل</translation>
    </message>
    <message>
        <source>too thick to say</source>
        <translation>أسمك من أن يُحدَّد</translation>
    </message>
    <message>
        <source>unknown class</source>
        <translation>فئة غير معروفة</translation>
    </message>
    <message>
        <source>Small dense object</source>
        <translation>جسم صغير كثيف</translation>
    </message>
    <message>
        <source>Shielding</source>
        <translation>تدريع</translation>
    </message>
    <message>
        <source>Concealed vehicle</source>
        <translation>مركبة مخفية</translation>
    </message>
    <message>
        <source>Hidden compartment</source>
        <translation>مخبأ</translation>
    </message>
    <message>
        <source>False wall</source>
        <translation>جدار زائف</translation>
    </message>
    <message>
        <source>Anomalous region</source>
        <translation>منطقة شاذة</translation>
    </message>
    <message>
        <source>Material differs from declaration</source>
        <translation>المادة تخالف البيان</translation>
    </message>
    <message>
        <source>Mass differs from declaration</source>
        <translation>الكتلة تخالف البيان</translation>
    </message>
    <message>
        <source>Not as empty as declared</source>
        <translation>ليست فارغة كما صُرّح</translation>
    </message>
    <message>
        <source>Count differs from declaration</source>
        <translation>العدد يخالف البيان</translation>
    </message>
    <message>
        <source>Radiation</source>
        <translation>الإشعاع</translation>
    </message>
    <message>
        <source>Image quality</source>
        <translation>جودة الصورة</translation>
    </message>
    <message>
        <source>Mass</source>
        <translation>الكتلة</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>فراغ</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>المادة</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>الطرود</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>الهوية</translation>
    </message>
    <message>
        <source>Declaration</source>
        <translation>البيان</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>إفراج</translation>
    </message>
    <message>
        <source>Documentary check</source>
        <translation>تدقيق المستندات</translation>
    </message>
    <message>
        <source>Physical inspection</source>
        <translation>معاينة فعلية</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>حجز</translation>
    </message>
    <message>
        <source>Radiation secondary</source>
        <translation>فحص إشعاعي ثانٍ</translation>
    </message>
    <message>
        <source>Other agency</source>
        <translation>جهة أخرى</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>إعادة المسح</translation>
    </message>
    <message>
        <source>Isolate</source>
        <translation>عزل</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>أُفرج عنها</translation>
    </message>
    <message>
        <source>Sent to documentary check</source>
        <translation>أُحيلت إلى تدقيق المستندات</translation>
    </message>
    <message>
        <source>Sent to physical inspection</source>
        <translation>أُحيلت إلى المعاينة الفعلية</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>محجوزة</translation>
    </message>
    <message>
        <source>Sent to radiation secondary</source>
        <translation>أُحيلت إلى فحص إشعاعي ثانٍ</translation>
    </message>
    <message>
        <source>Handed to another agency</source>
        <translation>سُلّمت إلى جهة أخرى</translation>
    </message>
    <message>
        <source>To be scanned again</source>
        <translation>يُعاد مسحها</translation>
    </message>
    <message>
        <source>Isolated</source>
        <translation>معزولة</translation>
    </message>
    <message>
        <source>Image agrees with the declaration</source>
        <translation>الصورة تطابق البيان</translation>
    </message>
    <message>
        <source>What was found belongs to the goods</source>
        <translation>ما وُجد جزء من البضائع</translation>
    </message>
    <message>
        <source>Documents explain the difference</source>
        <translation>المستندات تفسر الفرق</translation>
    </message>
    <message>
        <source>Empty, as declared</source>
        <translation>فارغة كما صُرّح</translation>
    </message>
    <message>
        <source>Radiation measured by hand: harmless</source>
        <translation>قيس الإشعاع يدويًا: غير ضار</translation>
    </message>
    <message>
        <source>No declaration, or an incomplete one</source>
        <translation>لا بيان، أو بيان ناقص</translation>
    </message>
    <message>
        <source>Goods, mass or count differ</source>
        <translation>اختلاف في البضائع أو الكتلة أو العدد</translation>
    </message>
    <message>
        <source>Container, plate or seal differs</source>
        <translation>اختلاف في الحاوية أو اللوحة أو الختم</translation>
    </message>
    <message>
        <source>Suspect object or place in the image</source>
        <translation>جسم أو موضع مشبوه في الصورة</translation>
    </message>
    <message>
        <source>Part of the load cannot be judged</source>
        <translation>جزء من الحمولة لا يمكن الحكم عليه</translation>
    </message>
    <message>
        <source>Container or vehicle looks altered</source>
        <translation>الحاوية أو المركبة تبدو معدّلة</translation>
    </message>
    <message>
        <source>Second opinion wanted</source>
        <translation>مطلوب رأي ثانٍ</translation>
    </message>
    <message>
        <source>Waiting for documents</source>
        <translation>في انتظار المستندات</translation>
    </message>
    <message>
        <source>Waiting for an order</source>
        <translation>في انتظار أمر</translation>
    </message>
    <message>
        <source>Alarm of the radiation portal</source>
        <translation>إنذار بوابة الإشعاع</translation>
    </message>
    <message>
        <source>Shielding in the image</source>
        <translation>تدريع في الصورة</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>الشرطة</translation>
    </message>
    <message>
        <source>Health, food or plant inspection</source>
        <translation>رقابة الصحة أو الغذاء أو النبات</translation>
    </message>
    <message>
        <source>Immigration</source>
        <translation>الهجرة</translation>
    </message>
    <message>
        <source>Dangerous goods</source>
        <translation>بضائع خطرة</translation>
    </message>
    <message>
        <source>Parts of the image are missing</source>
        <translation>أجزاء من الصورة مفقودة</translation>
    </message>
    <message>
        <source>The vehicle moved</source>
        <translation>تحركت المركبة</translation>
    </message>
    <message>
        <source>Not all of the vehicle was scanned</source>
        <translation>لم تُمسح المركبة كلها</translation>
    </message>
    <message>
        <source>A person may be inside: stop, call, never open</source>
        <translation>قد يكون بداخلها شخص: أوقف، اتصل، لا تفتح</translation>
    </message>
    <message>
        <source>Explosive suspected: stop, call, never open</source>
        <translation>اشتباه بمتفجرات: أوقف، اتصل، لا تفتح</translation>
    </message>
    <message>
        <source>Drawn at random to be opened</source>
        <translation>اختير عشوائيًا للفتح</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>الإيرادات</translation>
    </message>
    <message>
        <source>Customs</source>
        <translation>الجمارك</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>البضائع</translation>
    </message>
</context>
</TS>
