<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AlarmList</name>
    <message>
        <source>All devices in order</source>
        <translation>Todos los equipos en orden</translation>
    </message>
    <message>
        <source>Not as it should be: %1</source>
        <translation>Anomalías: %1</translation>
    </message>
    <message>
        <source>F2 or Esc closes</source>
        <translation>F2 o Esc cierra</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>A continuación</translation>
    </message>
    <message>
        <source>Beam is not allowed because</source>
        <translation>Haz no permitido porque</translation>
    </message>
    <message>
        <source>Beam</source>
        <translation>Haz</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Movimiento</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Ronda</translation>
    </message>
    <message>
        <source>Doors, curtains</source>
        <translation>Puertas, cortinas</translation>
    </message>
    <message>
        <source>Lights, barriers</source>
        <translation>Luces, barreras</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Pórtico</translation>
    </message>
    <message>
        <source>Driver panel</source>
        <translation>Panel del conductor</translation>
    </message>
</context>
<context>
    <name>AlarmStrip</name>
    <message>
        <source>+%1 more</source>
        <translation>+%1 más</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>A continuación: %1</translation>
    </message>
    <message>
        <source>Driver panel: %1</source>
        <translation>Panel del conductor: %1</translation>
    </message>
    <message>
        <source>All devices in order</source>
        <translation>Todos los equipos en orden</translation>
    </message>
    <message>
        <source>Warm up</source>
        <translation>Calentar</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Calibrar</translation>
    </message>
</context>
<context>
    <name>AlarmTable</name>
    <message>
        <source>Cause: %1</source>
        <translation>Causa: %1</translation>
    </message>
    <message>
        <source>Consequence: %1</source>
        <translation>Consecuencia: %1</translation>
    </message>
    <message>
        <source>To do: %1</source>
        <translation>Qué hacer: %1</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Reconocer</translation>
    </message>
    <message>
        <source>Shelve, take off the shelf</source>
        <translation>Aparcar, volver a activar</translation>
    </message>
    <message>
        <source>for %1 min, because:</source>
        <translation>durante %1 min, porque:</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>Buscar en el registro</translation>
    </message>
</context>
<context>
    <name>BayList</name>
    <message>
        <source>Vehicles in the bays</source>
        <translation>Vehículos en las plazas</translation>
    </message>
    <message>
        <source>Whatever the lane wants decided next</source>
        <translation>Lo siguiente por decidir</translation>
    </message>
    <message>
        <source>%1   Bay %1: %2</source>
        <translation>%1   Plaza %1: %2</translation>
    </message>
    <message>
        <source>for %1, by %2</source>
        <translation>desde hace %1, por %2</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
</context>
<context>
    <name>BayStrip</name>
    <message>
        <source>Bay %1: %2 %3</source>
        <translation>Plaza %1: %2 %3</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>Plaza %1</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>mostrado</translation>
    </message>
</context>
<context>
    <name>ChainBadge</name>
    <message>
        <source>Not the standard image (S): %1</source>
        <translation>No es la imagen estándar (S): %1</translation>
    </message>
</context>
<context>
    <name>ChecksCard</name>
    <message>
        <source>Scan against declaration</source>
        <translation>Imagen y declaración</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>concuerda</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>difiere</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>desconocido</translation>
    </message>
</context>
<context>
    <name>ComplaintCard</name>
    <message>
        <source>The image is unfit</source>
        <translation>La imagen no es apta</translation>
    </message>
    <message>
        <source>Opens a ticket for maintenance; the case is decided as before.</source>
        <translation>Abre un aviso para mantenimiento; el caso se decide como antes.</translation>
    </message>
    <message>
        <source>Words, if there are any</source>
        <translation>Palabras, si las hay</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
</context>
<context>
    <name>DecisionCard</name>
    <message>
        <source>Reason</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Remark, if needed (Tab)</source>
        <translation>Nota, si hace falta (Tab)</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Nota</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Enviando</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirmar</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Decision on (← →)</source>
        <translation>Decisión sobre (← →)</translation>
    </message>
</context>
<context>
    <name>DecisionPanel</name>
    <message>
        <source>Physical inspection</source>
        <translation>Inspección física</translation>
    </message>
    <message>
        <source>Documentary check</source>
        <translation>Control documental</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Retener</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Levante</translation>
    </message>
</context>
<context>
    <name>DeclarationCard</name>
    <message>
        <source>Which declaration holds</source>
        <translation>Qué declaración es la válida</translation>
    </message>
    <message>
        <source>What it declares is compared with the image again, and customs are answered for it alone. The documents must tell.</source>
        <translation>Lo que declara se compara de nuevo con la imagen, y a la aduana se le responde solo por ella. Los documentos deben decirlo.</translation>
    </message>
    <message>
        <source>%1; chosen before</source>
        <translation>%1; elegida antes</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Ninguna de estas</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Enviando</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirmar</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
</context>
<context>
    <name>FindingsCard</name>
    <message>
        <source>Agree</source>
        <translation>De acuerdo</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>Aceptado</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rechazar</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rechazado</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Dudoso</translation>
    </message>
    <message>
        <source>Nothing was marked in this image</source>
        <translation>Nada señalado en esta imagen</translation>
    </message>
    <message>
        <source>Read this image before the findings appear. What do you see?</source>
        <translation>Lea esta imagen antes de que aparezcan los hallazgos. ¿Qué ve?</translation>
    </message>
    <message>
        <source>Marks that you draw on the image are kept with your answer.</source>
        <translation>Las marcas que dibuje en la imagen se guardan con su respuesta.</translation>
    </message>
    <message>
        <source>Nothing stands out</source>
        <translation>Nada destaca</translation>
    </message>
    <message>
        <source>Something stands out</source>
        <translation>Algo destaca</translation>
    </message>
</context>
<context>
    <name>GoodsList</name>
    <message>
        <source>No declared goods</source>
        <translation>Sin mercancías declaradas</translation>
    </message>
    <message>
        <source>Declared goods: %1</source>
        <translation>Mercancías declaradas: %1</translation>
    </message>
    <message>
        <source>G or Esc closes</source>
        <translation>G o Esc cierra</translation>
    </message>
</context>
<context>
    <name>Histogram</name>
    <message>
        <source>Contrast from</source>
        <translation>Contraste desde</translation>
    </message>
    <message>
        <source>Contrast to</source>
        <translation>Contraste hasta</translation>
    </message>
</context>
<context>
    <name>IdentityCard</name>
    <message numerus="yes">
        <source>%n more item(s)</source>
        <translation>
            <numerusform>%n artículo más</numerusform>
            <numerusform>%n artículos más</numerusform>
        </translation>
    </message>
    <message>
        <source>Image: %1</source>
        <translation>Imagen: %1</translation>
    </message>
    <message>
        <source>Which declaration holds</source>
        <translation>Qué declaración es la válida</translation>
    </message>
    <message>
        <source>Whose vehicle it is</source>
        <translation>De quién es el vehículo</translation>
    </message>
</context>
<context>
    <name>IdentityEditCard</name>
    <message>
        <source>Whose vehicle is it?</source>
        <translation>¿De quién es este vehículo?</translation>
    </message>
    <message>
        <source>Type what stands on the box and the plate. What the cameras read stays with the case; declarations and checks are looked up anew once a second person has confirmed.</source>
        <translation>Escriba lo que figura en la caja y la placa. Lo que leyeron las cámaras queda en el caso; declaraciones y controles se buscan de nuevo cuando una segunda persona lo confirme.</translation>
    </message>
    <message>
        <source>Confirm this</source>
        <translation>Confirmar esto</translation>
    </message>
    <message>
        <source>Container, the front one of two</source>
        <translation>Contenedor, el delantero si hay dos</translation>
    </message>
    <message>
        <source>Container behind it, if there is one</source>
        <translation>Contenedor detrás, si lo hay</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>Placa</translation>
    </message>
    <message>
        <source>It is this one</source>
        <translation>Es este</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>What the cameras read</source>
        <translation>Lo que leyeron las cámaras</translation>
    </message>
    <message>
        <source>Type what this one read</source>
        <translation>Escribir lo que leyó esta</translation>
    </message>
</context>
<context>
    <name>ImageArea</name>
    <message>
        <source>Standard</source>
        <translation>Estándar</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>Material</translation>
    </message>
    <message>
        <source>Metal</source>
        <translation>Metal</translation>
    </message>
    <message>
        <source>Organic</source>
        <translation>Orgánico</translation>
    </message>
    <message>
        <source>Both rows</source>
        <translation>Dos vistas</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Bordes</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Local</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>Inverso</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Útiles</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Medir</translation>
    </message>
    <message>
        <source>standard, high energy</source>
        <translation>estándar, alta energía</translation>
    </message>
    <message>
        <source>material</source>
        <translation>material</translation>
    </message>
    <message>
        <source>live, as the lines arrive</source>
        <translation>en directo, línea a línea</translation>
    </message>
    <message>
        <source>scan ended, the image is being worked on</source>
        <translation>escaneo terminado, imagen en proceso</translation>
    </message>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>%n columna</numerusform>
            <numerusform>%n columnas</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 not shown</source>
        <translation>%1 no mostradas</translation>
    </message>
    <message>
        <source>The image is being loaded</source>
        <translation>Se carga la imagen</translation>
    </message>
    <message>
        <source>No scan yet</source>
        <translation>Aún sin escaneo</translation>
    </message>
    <message>
        <source>Not connected to the lane</source>
        <translation>Sin conexión con la vía</translation>
    </message>
    <message>
        <source>1 m</source>
        <translation>1 m</translation>
    </message>
    <message>
        <source>0.1 m</source>
        <translation>0,1 m</translation>
    </message>
    <message>
        <source>Part of the image is missing: %1</source>
        <translation>Falta una parte de la imagen: %1</translation>
    </message>
    <message>
        <source>The image cannot be shown: %1</source>
        <translation>La imagen no se puede mostrar: %1</translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>Back to the lane</source>
        <translation>Volver a la vía</translation>
    </message>
    <message>
        <source>Metres along the vehicle are exact; heights are sure to 18 %, and left and right cannot be told from one view. The doors are at the container&apos;s rear.</source>
        <translation>Los metros a lo largo del vehículo son exactos; las alturas son seguras al 18 %, y una sola vista no distingue izquierda y derecha. Las puertas están en la parte trasera del contenedor.</translation>
    </message>
    <message>
        <source>No photos yet; choose one, or drop its file here.</source>
        <translation>Aún no hay fotos; elija una o suelte aquí su archivo.</translation>
    </message>
    <message>
        <source>Choose a photo</source>
        <translation>Elegir una foto</translation>
    </message>
    <message>
        <source>Old seal, as it was found</source>
        <translation>Precinto antiguo, como se halló</translation>
    </message>
    <message>
        <source>New seal, as it was put</source>
        <translation>Precinto nuevo, como se puso</translation>
    </message>
    <message>
        <source>Keys away</source>
        <translation>Ocultar teclas</translation>
    </message>
    <message>
        <source>Touch keys</source>
        <translation>Teclas táctiles</translation>
    </message>
    <message>
        <source>Being recorded</source>
        <translation>Registrándose</translation>
    </message>
    <message>
        <source>Record the outcome</source>
        <translation>Registrar el resultado</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Ninguno de estos</translation>
    </message>
</context>
<context>
    <name>LaneStrip</name>
    <message>
        <source>Beam</source>
        <translation>Haz</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Movimiento</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Ronda</translation>
    </message>
    <message>
        <source>Doors, curtains</source>
        <translation>Puertas, cortinas</translation>
    </message>
    <message>
        <source>Lights, barriers</source>
        <translation>Luces, barreras</translation>
    </message>
    <message>
        <source>Dose</source>
        <translation>Dosis</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Pórtico</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Rearmar</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
    <message>
        <source>Inspections</source>
        <translation>Inspecciones</translation>
    </message>
    <message>
        <source>Supervise</source>
        <translation>Supervisar</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>Log in</source>
        <translation>Iniciar sesión</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>Reason (only for the emergency account)</source>
        <translation>Motivo (solo cuenta de emergencia)</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Comprobando</translation>
    </message>
    <message>
        <source>Stop (F8) works for everybody, logged in or not.</source>
        <translation>Parar (F8) funciona para todos, con o sin sesión.</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Portcullis: %1</source>
        <translation>Portcullis: %1</translation>
    </message>
    <message>
        <source>SIMULATION  -  no radiation, no real vehicle</source>
        <translation>SIMULACIÓN  -  sin radiación, sin vehículo real</translation>
    </message>
</context>
<context>
    <name>MarkMenu</name>
    <message>
        <source>Measure and annotate</source>
        <translation>Medir y anotar</translation>
    </message>
    <message>
        <source>Choose, then drag on the image. Kept with the case.</source>
        <translation>Elegir y arrastrar sobre la imagen. Se guarda con el caso.</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Longitud</translation>
    </message>
    <message>
        <source>Goods in a box: area, density, mass, material</source>
        <translation>Recuadro: área, densidad, masa, material</translation>
    </message>
    <message>
        <source>Goods within a drawn line</source>
        <translation>Mercancías dentro de un trazo</translation>
    </message>
    <message>
        <source>Profile along a line</source>
        <translation>Perfil a lo largo de una línea</translation>
    </message>
    <message>
        <source>Box with words</source>
        <translation>Recuadro con texto</translation>
    </message>
    <message>
        <source>Ellipse with words</source>
        <translation>Elipse con texto</translation>
    </message>
    <message>
        <source>Arrow with words</source>
        <translation>Flecha con texto</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Texto</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
</context>
<context>
    <name>MarkNote</name>
    <message>
        <source>Drag on the image; Esc leaves</source>
        <translation>Arrastrar sobre la imagen; Esc sale</translation>
    </message>
    <message>
        <source>Words, then Enter</source>
        <translation>Texto y luego Intro</translation>
    </message>
    <message>
        <source>Words of the mark</source>
        <translation>Texto de la marca</translation>
    </message>
</context>
<context>
    <name>MoreMenu</name>
    <message>
        <source>More decisions</source>
        <translation>Más decisiones</translation>
    </message>
    <message>
        <source>Radiation secondary: handheld first, unopened</source>
        <translation>Segundo control radiológico: con portátil, sin abrir</translation>
    </message>
    <message>
        <source>Other agency</source>
        <translation>Otro organismo</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Volver a escanear</translation>
    </message>
    <message>
        <source>Isolate: stop, call, never open</source>
        <translation>Aislar: parar, avisar, no abrir nunca</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
</context>
<context>
    <name>OutcomeRow</name>
    <message>
        <source>Nothing</source>
        <translation>Nada</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Hallado</translation>
    </message>
    <message>
        <source>Not examined</source>
        <translation>No examinado</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Qué se halló</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dónde</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>Cuánto</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Elegir</translation>
    </message>
</context>
<context>
    <name>PhotoStrip</name>
    <message>
        <source>cannot be shown</source>
        <translation>no se puede mostrar</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Photo before</source>
        <translation>Foto anterior</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Foto siguiente</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
</context>
<context>
    <name>PrintCard</name>
    <message>
        <source>Print, export</source>
        <translation>Imprimir, exportar</translation>
    </message>
    <message>
        <source>Who took what out of here is kept in the audit log. Files go to %1</source>
        <translation>El registro de auditoría guarda quién sacó qué de aquí. Los archivos van a %1</translation>
    </message>
    <message>
        <source>Report of the case, as PDF</source>
        <translation>Informe del caso, en PDF</translation>
    </message>
    <message>
        <source>The image as it is shown, as PNG</source>
        <translation>La imagen como se muestra, en PNG</translation>
    </message>
    <message>
        <source>Report of the case, on paper</source>
        <translation>Informe del caso, en papel</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
</context>
<context>
    <name>ProfileStrip</name>
    <message>
        <source>Radiation portal, gamma counts as the vehicle passed</source>
        <translation>Pórtico de radiación, cuentas gamma al paso del vehículo</translation>
    </message>
    <message>
        <source>Radiation portal, gamma counts along the vehicle</source>
        <translation>Pórtico de radiación, cuentas gamma a lo largo del vehículo</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>the lane does not answer</source>
        <translation>la vía no responde</translation>
    </message>
    <message>
        <source>no answer from the lane within 3 s</source>
        <translation>la vía no responde en 3 s</translation>
    </message>
    <message>
        <source>no answer from the lane in time</source>
        <translation>la vía no respondió a tiempo</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Cases</source>
        <translation>Casos</translation>
    </message>
    <message>
        <source>F3 or Esc closes</source>
        <translation>F3 o Esc cierra</translation>
    </message>
    <message>
        <source>Container, plate or declaration (Tab, then Enter)</source>
        <translation>Contenedor, matrícula o declaración (Tab, luego Intro)</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Sin imagen</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
</context>
<context>
    <name>RatesPanel</name>
    <message>
        <source>Found in what was opened, with 95 % intervals</source>
        <translation>Hallado en lo que se abrió, con intervalos del 95 %</translation>
    </message>
    <message>
        <source>nothing was opened yet</source>
        <translation>aún no se ha abierto nada</translation>
    </message>
</context>
<context>
    <name>ReferenceCard</name>
    <message>
        <source>Keep as a reference</source>
        <translation>Guardar como referencia</translation>
    </message>
    <message>
        <source>Others are compared with it (Ctrl E). Choose what it shows as it ought to be:</source>
        <translation>Otros se comparan con él (Ctrl E). Elija qué muestra tal como debe ser:</translation>
    </message>
    <message>
        <source>no reference any more</source>
        <translation>ya no es referencia</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Salir</translation>
    </message>
</context>
<context>
    <name>SearchedNote</name>
    <message>
        <source>From the search, not the lane&apos;s current case</source>
        <translation>De la búsqueda, no el caso actual de la vía</translation>
    </message>
    <message>
        <source>Back to the lane</source>
        <translation>Volver a la vía</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keys</source>
        <translation>Teclas</translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation>Esc cierra</translation>
    </message>
</context>
<context>
    <name>SupervisePage</name>
    <message>
        <source>Today</source>
        <translation>Hoy</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 días</translation>
    </message>
    <message>
        <source>31 days</source>
        <translation>31 días</translation>
    </message>
    <message>
        <source>Back to the lane</source>
        <translation>Volver a la vía</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Cola</translation>
    </message>
    <message>
        <source>No case waits</source>
        <translation>Ningún caso espera</translation>
    </message>
    <message>
        <source>Readings of each analyst, time on the image</source>
        <translation>Lecturas de cada analista, tiempo en la imagen</translation>
    </message>
    <message>
        <source>Nobody has read a case</source>
        <translation>Nadie ha leído un caso</translation>
    </message>
    <message>
        <source>Overrides, missing outcomes, unfit images</source>
        <translation>Decisiones revocadas, resultados pendientes, imágenes no aptas</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nada</translation>
    </message>
    <message>
        <source>Lists what is open, for both to sign: cases, readers, bays, alarms, bypasses, devices.</source>
        <translation>Enumera lo que queda abierto, para que ambos firmen: casos, lectores, plazas, alarmas, puentes, equipos.</translation>
    </message>
    <message>
        <source>A supervisor&apos;s account is needed to hand over.</source>
        <translation>Hace falta una cuenta de supervisor para entregar el turno.</translation>
    </message>
    <message>
        <source>Password of %1, who hands over</source>
        <translation>Contraseña de %1, quien entrega</translation>
    </message>
    <message>
        <source>Name of who takes over</source>
        <translation>Nombre de quien recibe</translation>
    </message>
    <message>
        <source>Password of who takes over</source>
        <translation>Contraseña de quien recibe</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Observación</translation>
    </message>
    <message>
        <source>List anew</source>
        <translation>Nueva lista</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Entregar el turno</translation>
    </message>
    <message>
        <source>Both sign</source>
        <translation>Ambos firman</translation>
    </message>
</context>
<context>
    <name>ToolPanel</name>
    <message>
        <source>Contrast, attenuation %1 to %2</source>
        <translation>Contraste, atenuación de %1 a %2</translation>
    </message>
    <message>
        <source>Whole range</source>
        <translation>Todo el rango</translation>
    </message>
    <message>
        <source>Logarithm</source>
        <translation>Logaritmo</translation>
    </message>
    <message>
        <source>High penetration</source>
        <translation>Alta penetr.</translation>
    </message>
    <message>
        <source>Low penetration</source>
        <translation>Baja penetr.</translation>
    </message>
    <message>
        <source>Gamma %1</source>
        <translation>Gamma %1</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Bordes</translation>
    </message>
    <message>
        <source>Local contrast</source>
        <translation>Contraste local</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>Inverso</translation>
    </message>
    <message>
        <source>Less noise</source>
        <translation>Menos ruido</translation>
    </message>
    <message>
        <source>Heavy metal</source>
        <translation>Metal pesado</translation>
    </message>
    <message>
        <source>Low energy</source>
        <translation>Baja energía</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colores</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Barrido</translation>
    </message>
    <message>
        <source>Loupe</source>
        <translation>Lupa</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Vista general</translation>
    </message>
    <message>
        <source>Standard image</source>
        <translation>Imagen estándar</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historial</translation>
    </message>
    <message>
        <source>Print, export</source>
        <translation>Imprimir, exportar</translation>
    </message>
    <message>
        <source>Image unfit</source>
        <translation>Imagen no apta</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparar</translation>
    </message>
</context>
<context>
    <name>TouchKeys</name>
    <message>
        <source>QWERTYUIOP ASDFGHJKL ZXCVBNM</source>
        <extracomment>Letters as on a keyboard of the language: three rows, separated by blanks</extracomment>
        <translation>QWERTYUIOP ASDFGHJKLÑ ZXCVBNM</translation>
    </message>
    <message>
        <source>Blank</source>
        <translation>Espacio</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Borrar</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>standard + material</source>
        <translation>estándar + material</translation>
    </message>
    <message>
        <source>standard, high energy</source>
        <translation>estándar, alta energía</translation>
    </message>
    <message>
        <source>material</source>
        <translation>material</translation>
    </message>
    <message>
        <source>metal only</source>
        <translation>solo metal</translation>
    </message>
    <message>
        <source>organic only</source>
        <translation>solo orgánico</translation>
    </message>
    <message>
        <source>hot metal</source>
        <translation>metal caliente</translation>
    </message>
    <message>
        <source>ice</source>
        <translation>hielo</translation>
    </message>
    <message>
        <source>cube helix</source>
        <translation>cube helix</translation>
    </message>
    <message>
        <source>rainbow</source>
        <translation>arcoíris</translation>
    </message>
    <message>
        <source>low energy alone</source>
        <translation>solo baja energía</translation>
    </message>
    <message>
        <source>edges</source>
        <translation>bordes</translation>
    </message>
    <message>
        <source>local contrast</source>
        <translation>contraste local</translation>
    </message>
    <message>
        <source>noise taken down</source>
        <translation>ruido reducido</translation>
    </message>
    <message>
        <source>inverse</source>
        <translation>inverso</translation>
    </message>
    <message>
        <source>heavy metal marked</source>
        <translation>metal pesado marcado</translation>
    </message>
    <message>
        <source>whole range</source>
        <translation>todo el rango</translation>
    </message>
    <message>
        <source>high penetration</source>
        <translation>alta penetración</translation>
    </message>
    <message>
        <source>low penetration</source>
        <translation>baja penetración</translation>
    </message>
    <message>
        <source>plain logarithm</source>
        <translation>logaritmo simple</translation>
    </message>
    <message>
        <source>Stop: beam and motion off, always</source>
        <translation>Parar: haz y movimiento apagados, siempre</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Vía</translation>
    </message>
    <message>
        <source>Start the scan of the vehicle in the lane</source>
        <translation>Iniciar el escaneo del vehículo en la vía</translation>
    </message>
    <message>
        <source>Reset faults whose cause is gone</source>
        <translation>Rearmar fallos cuya causa ha cesado</translation>
    </message>
    <message>
        <source>Warm the source up</source>
        <translation>Calentar la fuente</translation>
    </message>
    <message>
        <source>Calibrate: dark and air</source>
        <translation>Calibrar: oscuridad y aire</translation>
    </message>
    <message>
        <source>Alarms and the lane&apos;s facts in full</source>
        <translation>Alarmas y datos de la vía completos</translation>
    </message>
    <message>
        <source>Standard image</source>
        <translation>Imagen estándar</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>Material in colour</source>
        <translation>Material en color</translation>
    </message>
    <message>
        <source>Metal only</source>
        <translation>Solo metal</translation>
    </message>
    <message>
        <source>Organic only</source>
        <translation>Solo orgánico</translation>
    </message>
    <message>
        <source>High penetration: behind much material</source>
        <translation>Alta penetración: tras mucho material</translation>
    </message>
    <message>
        <source>Low penetration: thin goods</source>
        <translation>Baja penetración: mercancía delgada</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Bordes</translation>
    </message>
    <message>
        <source>Local contrast</source>
        <translation>Contraste local</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>Inverso</translation>
    </message>
    <message>
        <source>Both rows: standard above material</source>
        <translation>Dos vistas: estándar sobre material</translation>
    </message>
    <message>
        <source>Standard image: everything else off</source>
        <translation>Imagen estándar: todo lo demás apagado</translation>
    </message>
    <message>
        <source>While held: the standard image</source>
        <translation>Mientras se pulsa: imagen estándar</translation>
    </message>
    <message>
        <source>Image tools, histogram, history</source>
        <translation>Útiles de imagen, histograma, historial</translation>
    </message>
    <message>
        <source>Low energy alone</source>
        <translation>Solo baja energía</translation>
    </message>
    <message>
        <source>Mark heavy metal</source>
        <translation>Marcar metal pesado</translation>
    </message>
    <message>
        <source>Take noise down</source>
        <translation>Reducir el ruido</translation>
    </message>
    <message>
        <source>Colours, one after another</source>
        <translation>Colores, uno tras otro</translation>
    </message>
    <message>
        <source>Plain logarithm</source>
        <translation>Logaritmo simple</translation>
    </message>
    <message>
        <source>Gamma down</source>
        <translation>Gamma menos</translation>
    </message>
    <message>
        <source>Gamma up</source>
        <translation>Gamma más</translation>
    </message>
    <message>
        <source>Sweep through all densities; again: stay there</source>
        <translation>Barrer las densidades; otra vez: detener</translation>
    </message>
    <message>
        <source>Loupe at the cursor</source>
        <translation>Lupa en el cursor</translation>
    </message>
    <message>
        <source>Overview with the part in sight</source>
        <translation>Vista general con la parte visible</translation>
    </message>
    <message>
        <source>Measure, annotate: length, goods, profile, box, text</source>
        <translation>Medir, anotar: longitud, mercancías, texto</translation>
    </message>
    <message>
        <source>Take the newest mark away</source>
        <translation>Quitar la última marca</translation>
    </message>
    <message>
        <source>Undo on the image</source>
        <translation>Deshacer en la imagen</translation>
    </message>
    <message>
        <source>Redo on the image</source>
        <translation>Rehacer en la imagen</translation>
    </message>
    <message>
        <source>Closer (also the wheel, about the cursor)</source>
        <translation>Más cerca (también la rueda, en el cursor)</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Más lejos</translation>
    </message>
    <message>
        <source>Whole vehicle</source>
        <translation>Vehículo entero</translation>
    </message>
    <message>
        <source>Contrast as it was (right button drags it)</source>
        <translation>Contraste inicial (arrastrar botón derecho)</translation>
    </message>
    <message>
        <source>Move left (also by dragging)</source>
        <translation>A la izquierda (también arrastrando)</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>A la derecha</translation>
    </message>
    <message>
        <source>Move up; in a card: reason before</source>
        <translation>Arriba; en una ficha: motivo anterior</translation>
    </message>
    <message>
        <source>Move down; in a card: next reason</source>
        <translation>Abajo; en una ficha: motivo siguiente</translation>
    </message>
    <message>
        <source>Agree with the finding</source>
        <translation>Aceptar el hallazgo</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Hallazgos</translation>
    </message>
    <message>
        <source>Reject the finding</source>
        <translation>Rechazar el hallazgo</translation>
    </message>
    <message>
        <source>Unsure about the finding</source>
        <translation>Dudoso sobre el hallazgo</translation>
    </message>
    <message>
        <source>Next finding</source>
        <translation>Hallazgo siguiente</translation>
    </message>
    <message>
        <source>Finding before</source>
        <translation>Hallazgo anterior</translation>
    </message>
    <message>
        <source>All declared goods</source>
        <translation>Todas las mercancías declaradas</translation>
    </message>
    <message>
        <source>Vehicles in the bays: choose whose case is shown</source>
        <translation>Vehículos en las plazas: elegir el caso</translation>
    </message>
    <message>
        <source>Physical inspection: opens its card</source>
        <translation>Inspección física: abre su ficha</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Decisión</translation>
    </message>
    <message>
        <source>Documentary check: opens its card</source>
        <translation>Control documental: abre su ficha</translation>
    </message>
    <message>
        <source>Hold: opens its card</source>
        <translation>Retener: abre su ficha</translation>
    </message>
    <message>
        <source>Release: opens its card</source>
        <translation>Levante: abre su ficha</translation>
    </message>
    <message>
        <source>More decisions, Isolate among them</source>
        <translation>Más decisiones, entre ellas Aislar</translation>
    </message>
    <message>
        <source>Confirm the open card</source>
        <translation>Confirmar la ficha abierta</translation>
    </message>
    <message>
        <source>Leave the card, the field or this sheet</source>
        <translation>Salir de la ficha, el campo o esta hoja</translation>
    </message>
    <message>
        <source>Language of the screen</source>
        <translation>Idioma de la pantalla</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>Esta hoja</translation>
    </message>
    <message>
        <source>Lock the screen: log out</source>
        <translation>Bloquear la pantalla: cerrar sesión</translation>
    </message>
    <message>
        <source>Cases: queue and search</source>
        <translation>Casos: cola y búsqueda</translation>
    </message>
    <message>
        <source>Inspections: what was found in opened vehicles</source>
        <translation>Inspecciones: lo hallado en vehículos abiertos</translation>
    </message>
    <message>
        <source>Supervise: queue, load, rates, handover</source>
        <translation>Supervisar: cola, carga, tasas, relevo</translation>
    </message>
    <message>
        <source>Image unfit: a ticket for maintenance</source>
        <translation>Imagen no apta: un aviso para mantenimiento</translation>
    </message>
    <message>
        <source>Compare with the scan before</source>
        <translation>Comparar con el escaneo previo</translation>
    </message>
    <message>
        <source>Compare with the scan after</source>
        <translation>Comparar con el escaneo posterior</translation>
    </message>
    <message>
        <source>Print, export: the case&apos;s report, the image as shown</source>
        <translation>Imprimir, exportar: el informe del caso, la imagen mostrada</translation>
    </message>
    <message>
        <source>Earlier scan or reference: below, blinking, by a line</source>
        <translation>Escaneo anterior o referencia: debajo, alternando, por una línea</translation>
    </message>
    <message>
        <source>Keep as a reference to compare with</source>
        <translation>Guardar como referencia para comparar</translation>
    </message>
    <message>
        <source>Which of several declarations holds</source>
        <translation>Cuál de varias declaraciones es la válida</translation>
    </message>
    <message>
        <source>Before the findings: nothing stands out</source>
        <translation>Antes de los hallazgos: nada destaca</translation>
    </message>
    <message>
        <source>Before the findings: something stands out</source>
        <translation>Antes de los hallazgos: algo destaca</translation>
    </message>
    <message>
        <source>Whose vehicle it is: correct plate and numbers, confirm</source>
        <translation>De quién es el vehículo: corregir placa y números, confirmar</translation>
    </message>
</context>
<context>
    <name>alarms</name>
    <message>
        <source>Known, is being repaired</source>
        <translation>Conocido, en reparación</translation>
    </message>
    <message>
        <source>Comes and goes without cause</source>
        <translation>Aparece y desaparece sin causa</translation>
    </message>
    <message>
        <source>Maintenance or test under way</source>
        <translation>Mantenimiento o prueba en curso</translation>
    </message>
    <message>
        <source>Part is out of use on purpose</source>
        <translation>Parte fuera de uso a propósito</translation>
    </message>
</context>
<context>
    <name>lane</name>
    <message>
        <source>START</source>
        <translation>Iniciar</translation>
    </message>
    <message>
        <source>STOP</source>
        <translation>Parar</translation>
    </message>
    <message>
        <source>RESET</source>
        <translation>Rearmar</translation>
    </message>
    <message>
        <source>WARM_UP</source>
        <translation>Calentar</translation>
    </message>
    <message>
        <source>CALIBRATE</source>
        <translation>Calibrar</translation>
    </message>
    <message>
        <source>PLC</source>
        <translation>PLC</translation>
    </message>
    <message>
        <source>PLC link</source>
        <translation>Enlace PLC</translation>
    </message>
    <message>
        <source>X-ray source</source>
        <translation>Fuente de rayos X</translation>
    </message>
    <message>
        <source>X-ray source details</source>
        <translation>Detalles de la fuente</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>Detector</translation>
    </message>
    <message>
        <source>Detector details</source>
        <translation>Detalles del detector</translation>
    </message>
    <message>
        <source>Radiation portal</source>
        <translation>Pórtico de radiación</translation>
    </message>
    <message>
        <source>Portal details</source>
        <translation>Detalles del pórtico</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>Grabador</translation>
    </message>
    <message>
        <source>Customs gateway</source>
        <translation>Pasarela de aduanas</translation>
    </message>
    <message>
        <source>Image worker</source>
        <translation>Proceso de imagen</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Registro de auditoría</translation>
    </message>
    <message>
        <source>Real time</source>
        <translation>Tiempo real</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>sin conexión</translation>
    </message>
    <message>
        <source>not connected yet</source>
        <translation>aún sin conexión</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>no lista</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>desconocido</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>parado</translation>
    </message>
    <message>
        <source>not in mode running</source>
        <translation>no está en modo marcha</translation>
    </message>
    <message>
        <source>not calibrated</source>
        <translation>sin calibrar</translation>
    </message>
    <message>
        <source>warming up</source>
        <translation>calentando</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>midiendo</translation>
    </message>
    <message>
        <source>data are stale</source>
        <translation>datos caducados</translation>
    </message>
    <message>
        <source>heartbeat stands still</source>
        <translation>latido detenido</translation>
    </message>
    <message>
        <source>the source reports a fault</source>
        <translation>la fuente avisa de un fallo</translation>
    </message>
    <message>
        <source>no answer for %1 s</source>
        <translation>sin respuesta desde hace %1 s</translation>
    </message>
    <message>
        <source>fault word %1</source>
        <translation>palabra de fallo %1</translation>
    </message>
    <message>
        <source>memory locked</source>
        <translation>memoria bloqueada</translation>
    </message>
    <message>
        <source>memory not locked, as configured</source>
        <translation>memoria sin bloquear, según configuración</translation>
    </message>
    <message>
        <source>no customs link is configured</source>
        <translation>no hay enlace de aduanas configurado</translation>
    </message>
    <message>
        <source>the customs gateway does not answer</source>
        <translation>la pasarela de aduanas no responde</translation>
    </message>
    <message>
        <source>the customs gateway gave no answer when the scan was judged</source>
        <translation>la pasarela de aduanas no respondió al juzgar el escaneo</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>entradas: %1</translation>
    </message>
    <message>
        <source>%1 declarations</source>
        <translation>declaraciones: %1</translation>
    </message>
    <message>
        <source>no answer; scans go on, declarations and answers wait (%1)</source>
        <translation>sin respuesta; los escaneos siguen, declaraciones y respuestas esperan (%1)</translation>
    </message>
    <message>
        <source>not configured; findings are made in the lane&apos;s own process</source>
        <translation>sin configurar; los hallazgos se hacen en el proceso de la vía</translation>
    </message>
    <message>
        <source>on</source>
        <translation>encendido</translation>
    </message>
    <message>
        <source>off</source>
        <translation>apagado</translation>
    </message>
    <message>
        <source>red</source>
        <translation>rojo</translation>
    </message>
    <message>
        <source>green</source>
        <translation>verde</translation>
    </message>
    <message>
        <source>open</source>
        <translation>abierta</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>cerrada</translation>
    </message>
    <message>
        <source>moving</source>
        <translation>en movimiento</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>completa</translation>
    </message>
    <message>
        <source>not complete</source>
        <translation>incompleta</translation>
    </message>
    <message>
        <source>real</source>
        <translation>real</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simulado</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>desconocido</translation>
    </message>
    <message>
        <source>PLC %1, source %2, detector %3, portal %4</source>
        <translation>PLC %1, fuente %2, detector %3, pórtico %4</translation>
    </message>
    <message>
        <source>Off: the key is not at on</source>
        <translation>Apagado: la llave no está en marcha</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>Autocomprobación</translation>
    </message>
    <message>
        <source>Source warming up</source>
        <translation>La fuente se calienta</translation>
    </message>
    <message>
        <source>Calibrating: the area is being closed</source>
        <translation>Calibrando: se cierra la zona</translation>
    </message>
    <message>
        <source>Calibrating: dark, no beam</source>
        <translation>Calibrando: oscuridad, sin haz</translation>
    </message>
    <message>
        <source>Calibrating: warning before beam</source>
        <translation>Calibrando: aviso antes del haz</translation>
    </message>
    <message>
        <source>Calibrating: air, beam on</source>
        <translation>Calibrando: aire, haz encendido</translation>
    </message>
    <message>
        <source>Idle, lane empty</source>
        <translation>En reposo, vía vacía</translation>
    </message>
    <message>
        <source>A vehicle drives in</source>
        <translation>Entra un vehículo</translation>
    </message>
    <message>
        <source>Vehicle in the tunnel, being identified</source>
        <translation>Vehículo en el túnel, identificándose</translation>
    </message>
    <message>
        <source>Vehicle waits to be scanned</source>
        <translation>El vehículo espera el escaneo</translation>
    </message>
    <message>
        <source>Warning, gantry returns to its start</source>
        <translation>Aviso, el pórtico vuelve al inicio</translation>
    </message>
    <message>
        <source>Warning before the scan</source>
        <translation>Aviso antes del escaneo</translation>
    </message>
    <message>
        <source>Warning, the vehicle drives on</source>
        <translation>Aviso, el vehículo avanza</translation>
    </message>
    <message>
        <source>Warning, gantry gathers speed</source>
        <translation>Aviso, el pórtico toma velocidad</translation>
    </message>
    <message>
        <source>Scanning, the vehicle drives through</source>
        <translation>Escaneando, el vehículo pasa</translation>
    </message>
    <message>
        <source>Scanning, gantry moving back</source>
        <translation>Escaneando, pórtico hacia atrás</translation>
    </message>
    <message>
        <source>Scanning, gantry moving forward</source>
        <translation>Escaneando, pórtico hacia delante</translation>
    </message>
    <message>
        <source>Scan ends, last lines are stored</source>
        <translation>Fin del escaneo, se guardan las últimas líneas</translation>
    </message>
    <message>
        <source>Image in review</source>
        <translation>Imagen en revisión</translation>
    </message>
    <message>
        <source>Vehicle released</source>
        <translation>Vehículo liberado</translation>
    </message>
    <message>
        <source>Vehicle goes to wait in bay %1</source>
        <translation>El vehículo va a esperar en la plaza %1</translation>
    </message>
    <message>
        <source>Vehicle to be scanned again</source>
        <translation>Vehículo por escanear de nuevo</translation>
    </message>
    <message>
        <source>Vehicle isolated</source>
        <translation>Vehículo aislado</translation>
    </message>
    <message>
        <source>Vehicle held for inspection</source>
        <translation>Vehículo retenido para inspección</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Parado</translation>
    </message>
    <message>
        <source>Fault latched</source>
        <translation>Fallo enclavado</translation>
    </message>
    <message>
        <source>Maintenance</source>
        <translation>Mantenimiento</translation>
    </message>
    <message>
        <source>turn the key to on</source>
        <translation>ponga la llave en marcha</translation>
    </message>
    <message>
        <source>waiting for fresh data of the PLC</source>
        <translation>esperando datos recientes del PLC</translation>
    </message>
    <message>
        <source>waiting for the PLC&apos;s heartbeat</source>
        <translation>esperando el latido del PLC</translation>
    </message>
    <message>
        <source>waiting for the PLC to confirm commands</source>
        <translation>esperando que el PLC confirme las órdenes</translation>
    </message>
    <message>
        <source>waiting for the X-ray source</source>
        <translation>esperando la fuente de rayos X</translation>
    </message>
    <message>
        <source>waiting for the detector</source>
        <translation>esperando el detector</translation>
    </message>
    <message>
        <source>beam is sensed, or its sensor is not trusted</source>
        <translation>se detecta haz, o su sensor no es fiable</translation>
    </message>
    <message>
        <source>waiting for the record of the last scan to be closed</source>
        <translation>esperando el cierre del registro del último escaneo</translation>
    </message>
    <message>
        <source>self-test passed</source>
        <translation>autocomprobación superada</translation>
    </message>
    <message>
        <source>self-test passed; the operator starts the warm-up</source>
        <translation>autocomprobación superada; el operador inicia el calentamiento</translation>
    </message>
    <message>
        <source>waiting for the source to be ready</source>
        <translation>esperando a que la fuente esté lista</translation>
    </message>
    <message>
        <source>calibration is under way</source>
        <translation>calibración en curso</translation>
    </message>
    <message>
        <source>the detector is not calibrated: calibrate</source>
        <translation>el detector no está calibrado: calibre</translation>
    </message>
    <message>
        <source>last time: %1</source>
        <translation>la última vez: %1</translation>
    </message>
    <message>
        <source>no bay is free: the entry stays red until a vehicle has left its bay</source>
        <translation>ninguna plaza libre: la entrada sigue en rojo hasta que un vehículo deje la suya</translation>
    </message>
    <message>
        <source>ready for a vehicle</source>
        <translation>listo para un vehículo</translation>
    </message>
    <message>
        <source>the vehicle drives on to its place</source>
        <translation>el vehículo avanza a su sitio</translation>
    </message>
    <message>
        <source>the driver stays in the cab; the entry closes</source>
        <translation>el conductor sigue en la cabina; la entrada se cierra</translation>
    </message>
    <message>
        <source>the entry closes</source>
        <translation>la entrada se cierra</translation>
    </message>
    <message>
        <source>the driver stops the engine and leaves the cab</source>
        <translation>el conductor apaga el motor y sale de la cabina</translation>
    </message>
    <message>
        <source>ready: Start begins the scan</source>
        <translation>listo: Iniciar comienza el escaneo</translation>
    </message>
    <message>
        <source>the scan before ended: %1</source>
        <translation>el escaneo anterior terminó: %1</translation>
    </message>
    <message>
        <source>the driver drives on; beam follows once the cab is past it</source>
        <translation>el conductor avanza; el haz sigue cuando la cabina ha pasado</translation>
    </message>
    <message>
        <source>motion and beam follow after the warning</source>
        <translation>movimiento y haz siguen tras el aviso</translation>
    </message>
    <message>
        <source>the scan ends when the vehicle is past the beam</source>
        <translation>el escaneo acaba cuando el vehículo ha pasado el haz</translation>
    </message>
    <message>
        <source>the scan ends at the end of the gantry&apos;s travel</source>
        <translation>el escaneo acaba al final del recorrido del pórtico</translation>
    </message>
    <message>
        <source>the image comes for review</source>
        <translation>la imagen llega para revisión</translation>
    </message>
    <message>
        <source>an officer decides</source>
        <translation>un funcionario decide</translation>
    </message>
    <message>
        <source>the driver returns to the cab</source>
        <translation>el conductor vuelve a la cabina</translation>
    </message>
    <message>
        <source>the exit opens</source>
        <translation>la salida se abre</translation>
    </message>
    <message>
        <source>the vehicle drives to bay %1</source>
        <translation>el vehículo va a la plaza %1</translation>
    </message>
    <message>
        <source>the vehicle drives on</source>
        <translation>el vehículo avanza</translation>
    </message>
    <message>
        <source>the vehicle drives round to be scanned again</source>
        <translation>el vehículo da la vuelta para otro escaneo</translation>
    </message>
    <message>
        <source>the vehicle goes to the inspection place</source>
        <translation>el vehículo va al lugar de inspección</translation>
    </message>
    <message>
        <source>isolated: do not open; another decision is needed to move the vehicle</source>
        <translation>aislado: no abrir; hace falta otra decisión para mover el vehículo</translation>
    </message>
    <message>
        <source>reset is under way</source>
        <translation>rearme en curso</translation>
    </message>
    <message>
        <source>cause gone: reset</source>
        <translation>causa eliminada: rearme</translation>
    </message>
    <message>
        <source>maintenance is ended by command</source>
        <translation>el mantenimiento acaba por orden</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Alto</translation>
    </message>
    <message>
        <source>Engine off</source>
        <translation>Apague el motor</translation>
    </message>
    <message>
        <source>Leave the cab</source>
        <translation>Salga de la cabina</translation>
    </message>
    <message>
        <source>Stand here</source>
        <translation>Espere aquí</translation>
    </message>
    <message>
        <source>Return to the cab</source>
        <translation>Vuelva a la cabina</translation>
    </message>
    <message>
        <source>Drive on</source>
        <translation>Avance</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Espere</translation>
    </message>
    <message>
        <source>Go to bay %1</source>
        <translation>Vaya a la plaza %1</translation>
    </message>
    <message>
        <source>Drive round to the entry</source>
        <translation>Dé la vuelta hasta la entrada</translation>
    </message>
    <message>
        <source>Drive to the inspection place</source>
        <translation>Vaya al lugar de inspección</translation>
    </message>
    <message>
        <source>data of the PLC are stale or incomplete</source>
        <translation>los datos del PLC están caducados o incompletos</translation>
    </message>
    <message>
        <source>the PLC&apos;s heartbeat stands still</source>
        <translation>el latido del PLC está detenido</translation>
    </message>
    <message>
        <source>the PLC does not confirm the lane&apos;s commands</source>
        <translation>el PLC no confirma las órdenes de la vía</translation>
    </message>
    <message>
        <source>the PLC is not in mode running</source>
        <translation>el PLC no está en modo marcha</translation>
    </message>
    <message>
        <source>simulated and real hardware are mixed, or a device has not said which it is</source>
        <translation>hay equipos simulados y reales mezclados, o uno no ha dicho qué es</translation>
    </message>
    <message>
        <source>an emergency stop is pressed or its chain is open</source>
        <translation>una parada de emergencia está pulsada o su cadena abierta</translation>
    </message>
    <message>
        <source>a fault is latched: remove its cause, then reset</source>
        <translation>hay un fallo enclavado: elimine la causa y rearme</translation>
    </message>
    <message>
        <source>latched: %1</source>
        <translation>enclavado: %1</translation>
    </message>
    <message>
        <source>the key is not at on</source>
        <translation>la llave no está en marcha</translation>
    </message>
    <message>
        <source>an interlock bypass is active</source>
        <translation>hay un puente de enclavamiento activo</translation>
    </message>
    <message>
        <source>a door is not closed on both channels</source>
        <translation>una puerta no está cerrada en ambos canales</translation>
    </message>
    <message>
        <source>a light curtain is not clear on both channels</source>
        <translation>una cortina de luz no está libre en ambos canales</translation>
    </message>
    <message>
        <source>a barrier is not closed</source>
        <translation>una barrera no está cerrada</translation>
    </message>
    <message>
        <source>a person is in the area, or the detection is not trusted</source>
        <translation>hay una persona en la zona, o la detección no es fiable</translation>
    </message>
    <message>
        <source>the cab is not clear (or, to calibrate, the lane is not empty)</source>
        <translation>la cabina no está libre (o, para calibrar, la vía no está vacía)</translation>
    </message>
    <message>
        <source>no vehicle is certain to be in the tunnel</source>
        <translation>no es seguro que haya un vehículo en el túnel</translation>
    </message>
    <message>
        <source>the vehicle is not in its speed band</source>
        <translation>el vehículo no está en su banda de velocidad</translation>
    </message>
    <message>
        <source>another vehicle is within 10 m upstream, or its sensor is not trusted</source>
        <translation>hay otro vehículo a menos de 10 m, o su sensor no es fiable</translation>
    </message>
    <message>
        <source>the search of the area is not complete</source>
        <translation>la ronda de la zona no está completa</translation>
    </message>
    <message>
        <source>an area dose monitor has failed or is in alarm</source>
        <translation>un monitor de dosis ha fallado o está en alarma</translation>
    </message>
    <message>
        <source>high-voltage contactor and trigger inhibit disagree</source>
        <translation>contactor de alta tensión e inhibición discrepan</translation>
    </message>
    <message>
        <source>the gantry is outside its limits</source>
        <translation>el pórtico está fuera de sus límites</translation>
    </message>
    <message>
        <source>no fresh answer from the X-ray source</source>
        <translation>sin respuesta reciente de la fuente de rayos X</translation>
    </message>
    <message>
        <source>the X-ray source is not ready</source>
        <translation>la fuente de rayos X no está lista</translation>
    </message>
    <message>
        <source>no fresh answer from the detector</source>
        <translation>sin respuesta reciente del detector</translation>
    </message>
    <message>
        <source>no room to store a scan</source>
        <translation>no hay sitio para guardar un escaneo</translation>
    </message>
    <message>
        <source>the lane runs on battery: no new scan begins</source>
        <translation>la vía funciona con batería: no empieza otro escaneo</translation>
    </message>
    <message>
        <source>the detector is not calibrated</source>
        <translation>el detector no está calibrado</translation>
    </message>
    <message>
        <source>there is no beam in this state</source>
        <translation>no hay haz en este estado</translation>
    </message>
    <message>
        <source>no Start is given for this vehicle</source>
        <translation>no se ha dado Inicio a este vehículo</translation>
    </message>
    <message>
        <source>the warning has not run for its time</source>
        <translation>el aviso no ha durado su tiempo</translation>
    </message>
    <message>
        <source>the warning lamp draws no current</source>
        <translation>la lámpara de aviso no consume corriente</translation>
    </message>
    <message>
        <source>the gantry is not in its speed band (to calibrate: at a standstill)</source>
        <translation>el pórtico no está en su banda de velocidad (para calibrar: parado)</translation>
    </message>
    <message>
        <source>the driver&apos;s cab has not passed the beam</source>
        <translation>la cabina no ha pasado el haz</translation>
    </message>
    <message>
        <source>the record of the scan is not open</source>
        <translation>el registro del escaneo no está abierto</translation>
    </message>
    <message>
        <source>the safety PLC does not grant the beam permit</source>
        <translation>el PLC de seguridad no concede el haz</translation>
    </message>
    <message>
        <source>the safety PLC does not grant the motion permit</source>
        <translation>el PLC de seguridad no concede el movimiento</translation>
    </message>
    <message>
        <source>contactor or trigger inhibit keep the beam off</source>
        <translation>contactor o inhibición mantienen el haz apagado</translation>
    </message>
    <message>
        <source>the detector is not taking lines</source>
        <translation>el detector no toma líneas</translation>
    </message>
    <message>
        <source>the PLC&apos;s data became stale</source>
        <translation>los datos del PLC caducaron</translation>
    </message>
    <message>
        <source>the PLC&apos;s heartbeat stood still</source>
        <translation>el latido del PLC se detuvo</translation>
    </message>
    <message>
        <source>the PLC did not confirm the lane&apos;s commands</source>
        <translation>el PLC no confirmó las órdenes de la vía</translation>
    </message>
    <message>
        <source>the safety PLC reported a fault</source>
        <translation>el PLC de seguridad avisó de un fallo</translation>
    </message>
    <message>
        <source>the two channels of a door or curtain differed for more than 0.5 s</source>
        <translation>los dos canales de una puerta o cortina difirieron más de 0,5 s</translation>
    </message>
    <message>
        <source>high-voltage contactor and trigger inhibit differed for more than 0.5 s</source>
        <translation>contactor de alta tensión e inhibición difirieron más de 0,5 s</translation>
    </message>
    <message>
        <source>beam was sensed without a request</source>
        <translation>se detectó haz sin petición</translation>
    </message>
    <message>
        <source>the warning lamp drew no current with the warning on</source>
        <translation>la lámpara de aviso no consumió corriente durante el aviso</translation>
    </message>
    <message>
        <source>an area dose monitor failed or gave alarm</source>
        <translation>un monitor de dosis falló o dio alarma</translation>
    </message>
    <message>
        <source>the X-ray source reported a fault</source>
        <translation>la fuente de rayos X avisó de un fallo</translation>
    </message>
    <message>
        <source>Heartbeat of the lane</source>
        <translation>Latido de la vía</translation>
    </message>
    <message>
        <source>stopped by the operator</source>
        <translation>parado por el operador</translation>
    </message>
    <message>
        <source>the reset failed: a cause is still present</source>
        <translation>el rearme falló: una causa sigue presente</translation>
    </message>
    <message>
        <source>the gantry does not stand still</source>
        <translation>el pórtico no está parado</translation>
    </message>
    <message>
        <source>the detector&apos;s capture failed</source>
        <translation>la captura del detector falló</translation>
    </message>
    <message>
        <source>the air calibration took longer than allowed</source>
        <translation>la calibración al aire tardó demasiado</translation>
    </message>
    <message>
        <source>the detector could not be armed</source>
        <translation>no se pudo armar el detector</translation>
    </message>
    <message>
        <source>the dark calibration gave too few lines</source>
        <translation>la calibración de oscuridad dio pocas líneas</translation>
    </message>
    <message>
        <source>the source gives no beam</source>
        <translation>la fuente no da haz</translation>
    </message>
    <message>
        <source>the record of the scan could not be opened</source>
        <translation>no se pudo abrir el registro del escaneo</translation>
    </message>
    <message>
        <source>no scan began within the time of the warning</source>
        <translation>ningún escaneo empezó durante el aviso</translation>
    </message>
    <message>
        <source>the beam went off by itself</source>
        <translation>el haz se apagó solo</translation>
    </message>
    <message>
        <source>the last lines of the scan did not arrive</source>
        <translation>no llegaron las últimas líneas del escaneo</translation>
    </message>
    <message>
        <source>the record of the scan could not be stored</source>
        <translation>no se pudo guardar el registro del escaneo</translation>
    </message>
    <message>
        <source>the vehicle does not drive on to its place</source>
        <translation>el vehículo no avanza a su sitio</translation>
    </message>
    <message>
        <source>the driver is not seen in the cab, or a barrier does not close</source>
        <translation>no se ve al conductor en la cabina, o una barrera no se cierra</translation>
    </message>
    <message>
        <source>the driver does not leave the cab, or a barrier does not close</source>
        <translation>el conductor no sale de la cabina, o una barrera no se cierra</translation>
    </message>
    <message>
        <source>the driver does not return to the cab, or a door stays open</source>
        <translation>el conductor no vuelve a la cabina, o una puerta sigue abierta</translation>
    </message>
    <message>
        <source>the exit does not open</source>
        <translation>la salida no se abre</translation>
    </message>
    <message>
        <source>the vehicle does not drive out</source>
        <translation>el vehículo no sale</translation>
    </message>
    <message>
        <source>a Start is possible only with a vehicle in the tunnel that waits to be scanned</source>
        <translation>Iniciar solo es posible con un vehículo en el túnel que espera el escaneo</translation>
    </message>
    <message>
        <source>a release needs a second reader here</source>
        <translation>el levante requiere aquí un segundo lector</translation>
    </message>
    <message>
        <source>a reset is under way</source>
        <translation>hay un rearme en curso</translation>
    </message>
    <message>
        <source>a vehicle without a complete scan cannot be released</source>
        <translation>un vehículo sin escaneo completo no se puede liberar</translation>
    </message>
    <message>
        <source>an emergency stop is still pressed</source>
        <translation>una parada de emergencia sigue pulsada</translation>
    </message>
    <message>
        <source>beam is still sensed</source>
        <translation>aún se detecta haz</translation>
    </message>
    <message>
        <source>calibration is possible in Idle only</source>
        <translation>la calibración solo es posible en reposo</translation>
    </message>
    <message>
        <source>maintenance begins from Off, SelfTest, Stopped or Faulted only</source>
        <translation>el mantenimiento solo empieza desde Off, SelfTest, Stopped o Faulted</translation>
    </message>
    <message>
        <source>no vehicle waits for a decision</source>
        <translation>ningún vehículo espera decisión</translation>
    </message>
    <message>
        <source>the decision is not about the scan in review</source>
        <translation>la decisión no es del escaneo en revisión</translation>
    </message>
    <message>
        <source>the gantry still moves</source>
        <translation>el pórtico aún se mueve</translation>
    </message>
    <message>
        <source>the key is not at service</source>
        <translation>la llave no está en servicio</translation>
    </message>
    <message>
        <source>the lane is not empty</source>
        <translation>la vía no está vacía</translation>
    </message>
    <message>
        <source>the lane is not in maintenance</source>
        <translation>la vía no está en mantenimiento</translation>
    </message>
    <message>
        <source>the radiation alarm is open: it must be adjudicated</source>
        <translation>la alarma de radiación está abierta: debe juzgarse</translation>
    </message>
    <message>
        <source>the record of the scan before is not closed yet</source>
        <translation>el registro del escaneo anterior aún no está cerrado</translation>
    </message>
    <message>
        <source>the self-test has not passed</source>
        <translation>la autocomprobación no se ha superado</translation>
    </message>
    <message>
        <source>the warning of the scan before has not ended yet</source>
        <translation>el aviso del escaneo anterior aún no ha acabado</translation>
    </message>
    <message>
        <source>there is no scan to repeat</source>
        <translation>no hay escaneo que repetir</translation>
    </message>
    <message>
        <source>there is no valid radiation measurement: it must be adjudicated</source>
        <translation>no hay medida de radiación válida: debe juzgarse</translation>
    </message>
    <message>
        <source>there is nothing to reset: the lane is neither stopped nor faulted</source>
        <translation>nada que rearmar: la vía no está parada ni en fallo</translation>
    </message>
    <message>
        <source>warming up is possible after the self-test and in Idle only</source>
        <translation>el calentamiento solo es posible tras la autocomprobación y en reposo</translation>
    </message>
    <message>
        <source>no vehicle waits for a decision in this bay</source>
        <translation>ningún vehículo espera decisión en esta plaza</translation>
    </message>
    <message>
        <source>the decision is not about the vehicle in this bay</source>
        <translation>la decisión no es del vehículo de esta plaza</translation>
    </message>
    <message>
        <source>the vehicle&apos;s way is open already: hold it first</source>
        <translation>la salida del vehículo ya está abierta: reténgalo antes</translation>
    </message>
    <message>
        <source>the vehicle is not in its bay: another agency or an inspection must take the case on</source>
        <translation>el vehículo no está en su plaza: otro organismo o una inspección debe seguir el caso</translation>
    </message>
    <message>
        <source>the bay is not free</source>
        <translation>la plaza no está libre</translation>
    </message>
    <message>
        <source>the vehicle is no longer in the lane</source>
        <translation>el vehículo ya no está en la vía</translation>
    </message>
    <message>
        <source>the vehicle does not wait for a decision now</source>
        <translation>el vehículo no espera decisión ahora</translation>
    </message>
    <message>
        <source>the case is decided; its answers stand</source>
        <translation>el caso está decidido; sus respuestas quedan</translation>
    </message>
    <message>
        <source>the case is decided already</source>
        <translation>el caso ya está decidido</translation>
    </message>
    <message>
        <source>there is no image to decide on yet</source>
        <translation>aún no hay imagen para decidir</translation>
    </message>
    <message>
        <source>another decision is being taken</source>
        <translation>se está tomando otra decisión</translation>
    </message>
    <message>
        <source>a decision needs the name of an officer</source>
        <translation>una decisión necesita el nombre de un funcionario</translation>
    </message>
    <message>
        <source>finding %1 is not answered yet</source>
        <translation>el hallazgo %1 aún no tiene respuesta</translation>
    </message>
    <message>
        <source>somebody else changed the marks on this image; look at theirs first</source>
        <translation>otra persona cambió las marcas de esta imagen; mírelas antes</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vacía</translation>
    </message>
    <message>
        <source>waits for a decision</source>
        <translation>espera decisión</translation>
    </message>
    <message>
        <source>on its way, not decided</source>
        <translation>en camino, sin decidir</translation>
    </message>
    <message>
        <source>released, its exit is open</source>
        <translation>liberado, su salida está abierta</translation>
    </message>
    <message>
        <source>to inspection, its exit is open</source>
        <translation>a inspección, su salida está abierta</translation>
    </message>
    <message>
        <source>held</source>
        <translation>retenido</translation>
    </message>
    <message>
        <source>to be scanned again, its exit is open</source>
        <translation>por escanear de nuevo, su salida está abierta</translation>
    </message>
    <message>
        <source>isolated: stay away, do not open</source>
        <translation>aislado: mantenerse lejos, no abrir</translation>
    </message>
    <message>
        <source>the vehicle is gone, and no decision let it go</source>
        <translation>el vehículo se fue sin decisión</translation>
    </message>
    <message>
        <source>occupied by a vehicle that was not sent there</source>
        <translation>ocupada por un vehículo que no fue enviado</translation>
    </message>
    <message>
        <source>the vehicle does not arrive</source>
        <translation>el vehículo no llega</translation>
    </message>
    <message>
        <source>the lane was started again with this vehicle in a bay</source>
        <translation>la vía se reinició con este vehículo en una plaza</translation>
    </message>
    <message>
        <source>the scan is running</source>
        <translation>el escaneo está en curso</translation>
    </message>
    <message>
        <source>the image is being made</source>
        <translation>la imagen se está haciendo</translation>
    </message>
    <message>
        <source>the lane is not ready for a decision yet</source>
        <translation>la vía aún no está lista para una decisión</translation>
    </message>
    <message>
        <source>Nobody decided in time; the lane put the vehicle on hold.</source>
        <translation>Nadie decidió a tiempo; la vía retuvo el vehículo.</translation>
    </message>
    <message>
        <source>put on hold: the time for a decision ran out</source>
        <translation>retenido: se agotó el tiempo para decidir</translation>
    </message>
    <message>
        <source>not carried out: %1</source>
        <translation>no ejecutado: %1</translation>
    </message>
    <message>
        <source>decided; the answer to customs is on its way</source>
        <translation>decidido; la respuesta a aduanas está en camino</translation>
    </message>
    <message>
        <source>decided; no customs link is configured</source>
        <translation>decidido; no hay enlace de aduanas configurado</translation>
    </message>
    <message>
        <source>answer written to customs for %1</source>
        <translation>respuesta escrita a aduanas para %1</translation>
    </message>
    <message>
        <source>the record is incomplete: %1</source>
        <translation>el registro está incompleto: %1</translation>
    </message>
    <message>
        <source>the record of the scan was cut off</source>
        <translation>el registro del escaneo se cortó</translation>
    </message>
    <message>
        <source>the portal saw no passage of this vehicle</source>
        <translation>el pórtico no vio pasar este vehículo</translation>
    </message>
    <message>
        <source>partial scan: %1</source>
        <translation>escaneo parcial: %1</translation>
    </message>
    <message>
        <source>partial scan</source>
        <translation>escaneo parcial</translation>
    </message>
    <message>
        <source>%1 line lost</source>
        <translation>%1 línea perdida</translation>
    </message>
    <message>
        <source>%1 lines lost</source>
        <translation>líneas perdidas: %1</translation>
    </message>
    <message>
        <source>%1 pulse without dose</source>
        <translation>%1 pulso sin dosis</translation>
    </message>
    <message>
        <source>%1 pulses without dose</source>
        <translation>pulsos sin dosis: %1</translation>
    </message>
    <message>
        <source>%1 arced pulse left out</source>
        <translation>%1 pulso con arco omitido</translation>
    </message>
    <message>
        <source>%1 arced pulses left out</source>
        <translation>pulsos con arco omitidos: %1</translation>
    </message>
    <message>
        <source>%1 line of test pattern left out</source>
        <translation>%1 línea de prueba omitida</translation>
    </message>
    <message>
        <source>%1 lines of test pattern left out</source>
        <translation>líneas de prueba omitidas: %1</translation>
    </message>
    <message>
        <source>module %1 missing on %2 line</source>
        <translation>módulo %1 ausente en %2 línea</translation>
    </message>
    <message>
        <source>module %1 missing on %2 lines</source>
        <translation>módulo %1 ausente en %2 líneas</translation>
    </message>
    <message>
        <source>Container %1: %2</source>
        <translation>Contenedor %1: %2</translation>
    </message>
    <message>
        <source>Container %1 is as declared.</source>
        <translation>El contenedor %1 es como se declaró.</translation>
    </message>
    <message>
        <source>as declared.</source>
        <translation>como se declaró.</translation>
    </message>
    <message>
        <source>container %1 is empty as declared.</source>
        <translation>el contenedor %1 está vacío como se declaró.</translation>
    </message>
    <message>
        <source>container %1 is loaded as declared.</source>
        <translation>el contenedor %1 está cargado como se declaró.</translation>
    </message>
    <message>
        <source>empty as declared.</source>
        <translation>vacío como se declaró.</translation>
    </message>
    <message>
        <source>loaded as declared.</source>
        <translation>cargado como se declaró.</translation>
    </message>
    <message>
        <source>declared loaded and looks empty.</source>
        <translation>declarado cargado y parece vacío.</translation>
    </message>
    <message>
        <source>container %1 is declared loaded and looks empty.</source>
        <translation>el contenedor %1 se declaró cargado y parece vacío.</translation>
    </message>
    <message>
        <source>declared empty and holds about %1, %2 % of the side view filled.</source>
        <translation>declarado vacío y contiene unos %1, %2 % de la vista lateral ocupado.</translation>
    </message>
    <message>
        <source>container %1 is declared empty and holds about %2, %3 % of the side view filled.</source>
        <translation>el contenedor %1 se declaró vacío y contiene unos %2, %3 % de la vista lateral ocupado.</translation>
    </message>
    <message>
        <source>Container %1 is not on the declaration, which names %2.</source>
        <translation>El contenedor %1 no está en la declaración, que nombra %2.</translation>
    </message>
    <message>
        <source>not on the declaration, which names %1.</source>
        <translation>no está en la declaración, que nombra %1.</translation>
    </message>
    <message>
        <source>Container %1 is declared; %2 of the same declaration is not on this vehicle.</source>
        <translation>El contenedor %1 está declarado; %2 de la misma declaración no está en este vehículo.</translation>
    </message>
    <message>
        <source>declared; %1 of the same declaration is not on this vehicle.</source>
        <translation>declarado; %1 de la misma declaración no está en este vehículo.</translation>
    </message>
    <message>
        <source>the load weighs about %1 in the image, %2 less than the %3 declared.</source>
        <translation>la carga pesa unos %1 en la imagen, %2 menos que los %3 declarados.</translation>
    </message>
    <message>
        <source>the load weighs about %1 in the image, %2 more than the %3 declared.</source>
        <translation>la carga pesa unos %1 en la imagen, %2 más que los %3 declarados.</translation>
    </message>
    <message>
        <source>the load weighs about %1 in the image; no declaration says what it should weigh.</source>
        <translation>la carga pesa unos %1 en la imagen; ninguna declaración dice cuánto debería pesar.</translation>
    </message>
    <message>
        <source>the load weighs about %1 in the image; %2 declared.</source>
        <translation>la carga pesa unos %1 en la imagen; %2 declarados.</translation>
    </message>
    <message>
        <source>the load&apos;s mass cannot be compared: %1.</source>
        <translation>la masa de la carga no se puede comparar: %1.</translation>
    </message>
    <message>
        <source>no declaration names it</source>
        <translation>ninguna declaración lo nombra</translation>
    </message>
    <message>
        <source>its declarations contradict each other</source>
        <translation>sus declaraciones se contradicen</translation>
    </message>
    <message>
        <source>%1, so empty or loaded cannot be compared.</source>
        <translation>%1, así que no se puede comparar vacío o cargado.</translation>
    </message>
    <message>
        <source>%1 together declare %2, which the image does not show; %3 alone would agree: the documents must tell which holds.</source>
        <translation>%1 declaran juntas %2, lo que la imagen no muestra; %3 sola concordaría: los documentos deben decir cuál vale.</translation>
    </message>
    <message>
        <source>No declaration is known for this vehicle and its containers.</source>
        <translation>No se conoce declaración de este vehículo ni de sus contenedores.</translation>
    </message>
    <message>
        <source>Declarations could not be asked for: %1.</source>
        <translation>No se pudieron pedir las declaraciones: %1.</translation>
    </message>
    <message>
        <source>There is no declaration to compare with.</source>
        <translation>No hay declaración con que comparar.</translation>
    </message>
    <message>
        <source>The declaration names no container.</source>
        <translation>La declaración no nombra ningún contenedor.</translation>
    </message>
    <message>
        <source>A container&apos;s number was not read: read it by eye.</source>
        <translation>Un número de contenedor no se leyó: léalo a simple vista.</translation>
    </message>
    <message>
        <source>No container was found in the image.</source>
        <translation>No se halló contenedor en la imagen.</translation>
    </message>
    <message>
        <source>No container was found, so no mass can be compared.</source>
        <translation>No se halló contenedor, así que no se compara masa.</translation>
    </message>
    <message>
        <source>No container was found, so emptiness cannot be compared.</source>
        <translation>No se halló contenedor, así que no se compara el vacío.</translation>
    </message>
    <message>
        <source>Each container has a declaration of its own: %1.</source>
        <translation>Cada contenedor tiene su propia declaración: %1.</translation>
    </message>
    <message>
        <source>One declaration, %1.</source>
        <translation>Una declaración, %1.</translation>
    </message>
    <message>
        <source>No alarm; nothing over background.</source>
        <translation>Sin alarma; nada sobre el fondo.</translation>
    </message>
    <message>
        <source>No alarm; at most %1 sigma over background.</source>
        <translation>Sin alarma; a lo sumo %1 sigma sobre el fondo.</translation>
    </message>
    <message>
        <source>Radiation was not measured: %1.</source>
        <translation>No se midió la radiación: %1.</translation>
    </message>
    <message>
        <source>The radiation portal gave %1: measure by hand first, unopened.</source>
        <translation>El pórtico de radiación dio %1: mida antes a mano, sin abrir.</translation>
    </message>
    <message>
        <source>gamma alarm, %1 sigma over background</source>
        <translation>alarma gamma, %1 sigma sobre el fondo</translation>
    </message>
    <message>
        <source>gamma and neutron alarm, %1 sigma over background</source>
        <translation>alarma gamma y de neutrones, %1 sigma sobre el fondo</translation>
    </message>
    <message>
        <source>neutron alarm</source>
        <translation>alarma de neutrones</translation>
    </message>
    <message>
        <source>the portal gave no reason</source>
        <translation>el pórtico no dio motivo</translation>
    </message>
    <message>
        <source>Metal, about %1 x %2 cm, in lighter goods; the neighbours hold none.</source>
        <translation>Metal, unos %1 x %2 cm, en mercancía más ligera; las vecinas no tienen.</translation>
    </message>
    <message>
        <source>Metal, about %1 x %2 cm, standing free.</source>
        <translation>Metal, unos %1 x %2 cm, aislado.</translation>
    </message>
    <message>
        <source>Heavy metal, about %1 x %2 cm, in lighter goods; the neighbours hold none.</source>
        <translation>Metal pesado, unos %1 x %2 cm, en mercancía más ligera; las vecinas no tienen.</translation>
    </message>
    <message>
        <source>Heavy metal, about %1 x %2 cm, standing free.</source>
        <translation>Metal pesado, unos %1 x %2 cm, aislado.</translation>
    </message>
    <message>
        <source>Metal too thick to be seen through, about %1 x %2 cm, in lighter goods; the neighbours hold none.</source>
        <translation>Metal demasiado grueso para ver a través, unos %1 x %2 cm, en mercancía más ligera; las vecinas no tienen.</translation>
    </message>
    <message>
        <source>Metal too thick to be seen through, about %1 x %2 cm, standing free.</source>
        <translation>Metal demasiado grueso para ver a través, unos %1 x %2 cm, aislado.</translation>
    </message>
    <message>
        <source>About %1 m from the rear, %2 m above the floor.</source>
        <translation>A unos %1 m de la parte trasera, %2 m sobre el suelo.</translation>
    </message>
    <message>
        <source>About %1 m from the rear.</source>
        <translation>A unos %1 m de la parte trasera.</translation>
    </message>
    <message>
        <source>A block of heavy metal, about %1 x %2 cm, much denser than the goods around it.</source>
        <translation>Un bloque de metal pesado, unos %1 x %2 cm, mucho más denso que la mercancía alrededor.</translation>
    </message>
    <message>
        <source>A block that cannot be seen through, about %1 x %2 cm, much denser than the goods around it.</source>
        <translation>Un bloque opaco, unos %1 x %2 cm, mucho más denso que la mercancía alrededor.</translation>
    </message>
    <message>
        <source>A block that cannot be seen through, about %1 x %2 cm: part of goods that are too thick as a whole.</source>
        <translation>Un bloque opaco, unos %1 x %2 cm: parte de mercancía demasiado gruesa en conjunto.</translation>
    </message>
    <message>
        <source>%1 % of this place was not measured.</source>
        <translation>%1 % de este lugar no se midió.</translation>
    </message>
    <message>
        <source>The image is incomplete and was not searched: scan again.</source>
        <translation>La imagen está incompleta y no se analizó: vuelva a escanear.</translation>
    </message>
    <message>
        <source>%1 % of the container was not measured: what is there was not searched.</source>
        <translation>%1 % del contenedor no se midió: esa parte no se analizó.</translation>
    </message>
    <message>
        <source>There is no image.</source>
        <translation>No hay imagen.</translation>
    </message>
    <message>
        <source>There is no image: %1.</source>
        <translation>No hay imagen: %1.</translation>
    </message>
    <message>
        <source>Only one energy was measured: materials are not known.</source>
        <translation>Solo se midió una energía: materiales desconocidos.</translation>
    </message>
    <message>
        <source>%1 % of the image was not measured.</source>
        <translation>%1 % de la imagen no se midió.</translation>
    </message>
    <message>
        <source>%1 lines of the scan are lost.</source>
        <translation>Líneas del escaneo perdidas: %1.</translation>
    </message>
    <message>
        <source>Not all of the vehicle was scanned: %1.</source>
        <translation>No se escaneó todo el vehículo: %1.</translation>
    </message>
    <message>
        <source>import</source>
        <translation>importación</translation>
    </message>
    <message>
        <source>export</source>
        <translation>exportación</translation>
    </message>
    <message>
        <source>transit</source>
        <translation>tránsito</translation>
    </message>
    <message>
        <source>the lane&apos;s program had no memory; end other programs on this machine</source>
        <translation>al programa de la vía le faltó memoria; cierre otros programas de esta máquina</translation>
    </message>
    <message>
        <source>%1 reads this case now</source>
        <translation>%1 lee este caso ahora</translation>
    </message>
    <message>
        <source>you have read this case; it waits for another reader</source>
        <translation>ya ha leído este caso; espera a otro lector</translation>
    </message>
    <message>
        <source>no accounts: everyone at this lane&apos;s socket may do everything</source>
        <translation>sin cuentas: cualquiera conectado a la vía puede hacerlo todo</translation>
    </message>
    <message>
        <source>no accounts: everyone at this socket may do everything</source>
        <translation>sin cuentas: cualquiera conectado aquí puede hacerlo todo</translation>
    </message>
    <message>
        <source>name or password is not right</source>
        <translation>nombre o contraseña incorrectos</translation>
    </message>
    <message>
        <source>too many log in at once; try again</source>
        <translation>demasiados inicios a la vez; reintente</translation>
    </message>
    <message>
        <source>Beam without request</source>
        <translation>Haz sin petición</translation>
    </message>
    <message>
        <source>Beam is sensed and the lane has not asked for it.</source>
        <translation>Se detecta haz y la vía no lo ha pedido.</translation>
    </message>
    <message>
        <source>People near the gantry may be irradiated; the beam&apos;s means are withdrawn.</source>
        <translation>Puede irradiarse a personas cerca del pórtico; se retiran los medios del haz.</translation>
    </message>
    <message>
        <source>Press the emergency stop, keep everybody out, call the radiation safety officer.</source>
        <translation>Pulse la parada de emergencia, mantenga a todos fuera, llame al responsable de protección radiológica.</translation>
    </message>
    <message>
        <source>Beam-off means disagree</source>
        <translation>Los medios de corte no coinciden</translation>
    </message>
    <message>
        <source>The two means that end the beam do not report the same.</source>
        <translation>Los dos medios que cortan el haz no indican lo mismo.</translation>
    </message>
    <message>
        <source>One of them may not end the beam; beam and motion are withdrawn and stay off.</source>
        <translation>Uno de ellos quizá no corte el haz; haz y movimiento se retiran y quedan apagados.</translation>
    </message>
    <message>
        <source>Keep everybody out, call maintenance; do not reset before the cause is found.</source>
        <translation>Mantenga a todos fuera, llame a mantenimiento; no rearme antes de hallar la causa.</translation>
    </message>
    <message>
        <source>PLC does not answer</source>
        <translation>El PLC no responde</translation>
    </message>
    <message>
        <source>No fresh data of the safety PLC: cable, switch, or the PLC itself.</source>
        <translation>Sin datos nuevos del PLC de seguridad: cable, conmutador o el propio PLC.</translation>
    </message>
    <message>
        <source>Nothing of doors, curtains and stops is known; beam and motion stay off.</source>
        <translation>No se sabe nada de puertas, cortinas ni paradas; haz y movimiento quedan apagados.</translation>
    </message>
    <message>
        <source>Look at the PLC&apos;s lamps and its network cable; reset when it answers again.</source>
        <translation>Mire los indicadores del PLC y su cable de red; rearme cuando vuelva a responder.</translation>
    </message>
    <message>
        <source>Safety PLC has tripped</source>
        <translation>El PLC de seguridad se disparó</translation>
    </message>
    <message>
        <source>The safety PLC lost an interlock or found a fault of its own; it names it.</source>
        <translation>El PLC de seguridad perdió un enclavamiento o halló un fallo propio; lo nombra.</translation>
    </message>
    <message>
        <source>Beam and motion are off until it is reset.</source>
        <translation>Haz y movimiento están apagados hasta el rearme.</translation>
    </message>
    <message>
        <source>Find what it names first, put it right, reset (F9).</source>
        <translation>Busque lo que nombra primero, corríjalo, rearme (F9).</translation>
    </message>
    <message>
        <source>Two channels disagree</source>
        <translation>Dos canales no coinciden</translation>
    </message>
    <message>
        <source>The two channels of a door, curtain or stop differ for longer than they may.</source>
        <translation>Los dos canales de una puerta, cortina o parada difieren más de lo admitido.</translation>
    </message>
    <message>
        <source>That input counts as tripped; beam and motion stay off.</source>
        <translation>Esa entrada cuenta como disparada; haz y movimiento quedan apagados.</translation>
    </message>
    <message>
        <source>Look at the named input and its wiring, reset (F9).</source>
        <translation>Mire la entrada nombrada y su cableado, rearme (F9).</translation>
    </message>
    <message>
        <source>Area dose monitor amiss</source>
        <translation>Monitor de dosis anómalo</translation>
    </message>
    <message>
        <source>A monitor of the area is over its limit, or does not measure.</source>
        <translation>Un monitor de la zona supera su límite o no mide.</translation>
    </message>
    <message>
        <source>Dose outside is not known or too high; beam stays off.</source>
        <translation>La dosis exterior es desconocida o demasiado alta; el haz queda apagado.</translation>
    </message>
    <message>
        <source>Keep distance, read the monitor itself, call the radiation safety officer.</source>
        <translation>Guarde distancia, lea el propio monitor, llame al responsable de protección radiológica.</translation>
    </message>
    <message>
        <source>Vehicle gone without decision</source>
        <translation>Vehículo ido sin decisión</translation>
    </message>
    <message>
        <source>A bay is empty whose vehicle nobody let go.</source>
        <translation>Hay una plaza vacía cuyo vehículo nadie dejó salir.</translation>
    </message>
    <message>
        <source>A vehicle may leave the port unexamined.</source>
        <translation>Un vehículo puede salir del puerto sin examen.</translation>
    </message>
    <message>
        <source>Stop it at the gate; look at the cameras.</source>
        <translation>Deténgalo en la puerta; mire las cámaras.</translation>
    </message>
    <message>
        <source>PLC&apos;s heartbeat stands still</source>
        <translation>El latido del PLC está detenido</translation>
    </message>
    <message>
        <source>The PLC answers but its program does not run.</source>
        <translation>El PLC responde pero su programa no corre.</translation>
    </message>
    <message>
        <source>Beam and motion stay off.</source>
        <translation>Haz y movimiento quedan apagados.</translation>
    </message>
    <message>
        <source>Look at the PLC&apos;s mode; reset (F9) when it runs.</source>
        <translation>Mire el modo del PLC; rearme (F9) cuando corra.</translation>
    </message>
    <message>
        <source>PLC does not confirm commands</source>
        <translation>El PLC no confirma las órdenes</translation>
    </message>
    <message>
        <source>What the lane writes does not come back.</source>
        <translation>Lo que la vía escribe no vuelve.</translation>
    </message>
    <message>
        <source>Look at the PLC&apos;s mode and link; reset (F9).</source>
        <translation>Mire el modo y el enlace del PLC; rearme (F9).</translation>
    </message>
    <message>
        <source>Warning lamp failed</source>
        <translation>Lámpara de aviso averiada</translation>
    </message>
    <message>
        <source>A warning lamp draws no current.</source>
        <translation>Una lámpara de aviso no consume corriente.</translation>
    </message>
    <message>
        <source>No beam without a warning: scans are refused.</source>
        <translation>Sin aviso no hay haz: se rechazan los escaneos.</translation>
    </message>
    <message>
        <source>Have the lamp replaced, reset (F9).</source>
        <translation>Haga cambiar la lámpara, rearme (F9).</translation>
    </message>
    <message>
        <source>X-ray source reports a fault</source>
        <translation>La fuente de rayos X avisa de un fallo</translation>
    </message>
    <message>
        <source>The source named a fault of its own.</source>
        <translation>La fuente nombró un fallo propio.</translation>
    </message>
    <message>
        <source>No scan until it is gone.</source>
        <translation>Sin escaneo hasta que cese.</translation>
    </message>
    <message>
        <source>Read its words, reset (F9); call maintenance where it comes back.</source>
        <translation>Lea lo que dice, rearme (F9); llame a mantenimiento si vuelve.</translation>
    </message>
    <message>
        <source>Lane computer had no memory</source>
        <translation>Al ordenador de la vía le faltó memoria</translation>
    </message>
    <message>
        <source>A step of the lane ended for want of memory.</source>
        <translation>Un paso de la vía terminó por falta de memoria.</translation>
    </message>
    <message>
        <source>Beam and motion were withdrawn.</source>
        <translation>Se retiraron haz y movimiento.</translation>
    </message>
    <message>
        <source>Reset (F9); call maintenance where it comes back.</source>
        <translation>Rearme (F9); llame a mantenimiento si vuelve.</translation>
    </message>
    <message>
        <source>An emergency stop or the stop command.</source>
        <translation>Una parada de emergencia o la orden de parar.</translation>
    </message>
    <message>
        <source>Beam and motion are off.</source>
        <translation>Haz y movimiento están apagados.</translation>
    </message>
    <message>
        <source>When all is safe release the stop and reset (F9).</source>
        <translation>Cuando todo sea seguro, suelte la parada y rearme (F9).</translation>
    </message>
    <message>
        <source>X-ray source does not answer</source>
        <translation>La fuente de rayos X no responde</translation>
    </message>
    <message>
        <source>Its controller is off or the link is broken.</source>
        <translation>Su controlador está apagado o el enlace cortado.</translation>
    </message>
    <message>
        <source>No scan.</source>
        <translation>Sin escaneo.</translation>
    </message>
    <message>
        <source>Look at its controller and cable; it comes back by itself.</source>
        <translation>Mire su controlador y su cable; vuelve por sí sola.</translation>
    </message>
    <message>
        <source>X-ray source not ready</source>
        <translation>Fuente de rayos X no lista</translation>
    </message>
    <message>
        <source>It is cold, or it reports something.</source>
        <translation>Está fría o avisa de algo.</translation>
    </message>
    <message>
        <source>No scan until it is ready.</source>
        <translation>Sin escaneo hasta que esté lista.</translation>
    </message>
    <message>
        <source>Warm it up (F6).</source>
        <translation>Caliéntela (F6).</translation>
    </message>
    <message>
        <source>Detector does not answer</source>
        <translation>El detector no responde</translation>
    </message>
    <message>
        <source>It is off or the link is broken.</source>
        <translation>Está apagado o el enlace cortado.</translation>
    </message>
    <message>
        <source>Look at its power and cable; it comes back by itself.</source>
        <translation>Mire su alimentación y su cable; vuelve por sí solo.</translation>
    </message>
    <message>
        <source>Detector fault</source>
        <translation>Fallo del detector</translation>
    </message>
    <message>
        <source>Taking lines failed.</source>
        <translation>Falló la toma de líneas.</translation>
    </message>
    <message>
        <source>Read its words; call maintenance.</source>
        <translation>Lea lo que dice; llame a mantenimiento.</translation>
    </message>
    <message>
        <source>Detector needs attention</source>
        <translation>El detector requiere atención</translation>
    </message>
    <message>
        <source>It is not calibrated, or it reports something.</source>
        <translation>No está calibrado o avisa de algo.</translation>
    </message>
    <message>
        <source>No scan, or images of less quality.</source>
        <translation>Sin escaneo, o imágenes de menor calidad.</translation>
    </message>
    <message>
        <source>Calibrate (F7); clean its filter where it is warm.</source>
        <translation>Calibre (F7); limpie su filtro si está caliente.</translation>
    </message>
    <message>
        <source>Radiation portal does not answer</source>
        <translation>El pórtico de radiación no responde</translation>
    </message>
    <message>
        <source>No vehicle is measured for radiation.</source>
        <translation>No se mide la radiación de ningún vehículo.</translation>
    </message>
    <message>
        <source>Look at its power and cable; measure vehicles by hand.</source>
        <translation>Mire su alimentación y su cable; mida los vehículos a mano.</translation>
    </message>
    <message>
        <source>Radiation portal fault</source>
        <translation>Fallo del pórtico de radiación</translation>
    </message>
    <message>
        <source>It reports a fault.</source>
        <translation>Avisa de un fallo.</translation>
    </message>
    <message>
        <source>Its measurements do not count.</source>
        <translation>Sus mediciones no cuentan.</translation>
    </message>
    <message>
        <source>Measure by hand; call maintenance.</source>
        <translation>Mida a mano; llame a mantenimiento.</translation>
    </message>
    <message>
        <source>Radiation portal needs attention</source>
        <translation>El pórtico de radiación requiere atención</translation>
    </message>
    <message>
        <source>It has no background yet, or it reports something.</source>
        <translation>Aún no tiene fondo o avisa de algo.</translation>
    </message>
    <message>
        <source>Its measurements may not count.</source>
        <translation>Sus mediciones quizá no cuenten.</translation>
    </message>
    <message>
        <source>Wait for its background; measure by hand meanwhile.</source>
        <translation>Espere su fondo; mida a mano entretanto.</translation>
    </message>
    <message>
        <source>Scans cannot be recorded</source>
        <translation>No se pueden grabar los escaneos</translation>
    </message>
    <message>
        <source>The disk is full or does not write.</source>
        <translation>El disco está lleno o no escribe.</translation>
    </message>
    <message>
        <source>Make room on the disk; call maintenance.</source>
        <translation>Haga sitio en el disco; llame a mantenimiento.</translation>
    </message>
    <message>
        <source>Cameras do not answer</source>
        <translation>Las cámaras no responden</translation>
    </message>
    <message>
        <source>They are off or the link is broken.</source>
        <translation>Están apagadas o el enlace cortado.</translation>
    </message>
    <message>
        <source>Plates and numbers are not read.</source>
        <translation>No se leen matrículas ni números.</translation>
    </message>
    <message>
        <source>Type plates and numbers; look at their power and cable.</source>
        <translation>Escriba matrículas y números; mire su alimentación y su cable.</translation>
    </message>
    <message>
        <source>Image analysis does not run</source>
        <translation>El análisis de imagen no corre</translation>
    </message>
    <message>
        <source>Its process ended or is behind.</source>
        <translation>Su proceso terminó o va con retraso.</translation>
    </message>
    <message>
        <source>Findings come late; the image is there.</source>
        <translation>Los hallazgos llegan tarde; la imagen está.</translation>
    </message>
    <message>
        <source>It is started again by itself; read images without findings meanwhile.</source>
        <translation>Se reinicia por sí solo; lea las imágenes sin hallazgos entretanto.</translation>
    </message>
    <message>
        <source>Customs link is down</source>
        <translation>El enlace de aduanas está caído</translation>
    </message>
    <message>
        <source>The gateway does not answer.</source>
        <translation>La pasarela no responde.</translation>
    </message>
    <message>
        <source>No declarations; answers wait here and are sent later.</source>
        <translation>Sin declaraciones; las respuestas esperan aquí y se envían después.</translation>
    </message>
    <message>
        <source>Ask for papers; call the network&apos;s people where it stays.</source>
        <translation>Pida los papeles; llame a los de red si persiste.</translation>
    </message>
    <message>
        <source>Audit log needs attention</source>
        <translation>El registro de auditoría requiere atención</translation>
    </message>
    <message>
        <source>Entries wait to be signed or written.</source>
        <translation>Hay entradas por firmar o escribir.</translation>
    </message>
    <message>
        <source>Decisions wait until they can be proven.</source>
        <translation>Las decisiones esperan hasta poder probarse.</translation>
    </message>
    <message>
        <source>Look at the signer and the disk.</source>
        <translation>Mire el firmante y el disco.</translation>
    </message>
    <message>
        <source>Accounts need attention</source>
        <translation>Las cuentas requieren atención</translation>
    </message>
    <message>
        <source>There are none, or one for emergencies is in use.</source>
        <translation>No hay ninguna, o se usa una de emergencia.</translation>
    </message>
    <message>
        <source>Who did what may not be known.</source>
        <translation>Quizá no se sepa quién hizo qué.</translation>
    </message>
    <message>
        <source>Add accounts; end the use of the emergency account.</source>
        <translation>Añada cuentas; deje de usar la de emergencia.</translation>
    </message>
    <message>
        <source>A device needs attention</source>
        <translation>Un equipo requiere atención</translation>
    </message>
    <message>
        <source>It reports something that is not as usual.</source>
        <translation>Avisa de algo inusual.</translation>
    </message>
    <message>
        <source>Work goes on; it may not for long.</source>
        <translation>El trabajo sigue; quizá no por mucho tiempo.</translation>
    </message>
    <message>
        <source>A bay is not as expected</source>
        <translation>Una plaza no está como se espera</translation>
    </message>
    <message>
        <source>A vehicle does not arrive, or stands where none was sent.</source>
        <translation>Un vehículo no llega, o está donde no se envió ninguno.</translation>
    </message>
    <message>
        <source>Case and vehicle may not belong together.</source>
        <translation>Caso y vehículo quizá no se correspondan.</translation>
    </message>
    <message>
        <source>Look at the bay; send the driver.</source>
        <translation>Mire la plaza; envíe al conductor.</translation>
    </message>
    <message>
        <source>Go and look</source>
        <translation>Vaya a ver</translation>
    </message>
    <message>
        <source>The lane cannot go on without somebody there.</source>
        <translation>La vía no puede seguir sin alguien allí.</translation>
    </message>
    <message>
        <source>The vehicle waits.</source>
        <translation>El vehículo espera.</translation>
    </message>
    <message>
        <source>Do what the words beside it say.</source>
        <translation>Haga lo que dicen las palabras de al lado.</translation>
    </message>
    <message>
        <source>alarm raised</source>
        <translation>alarma activada</translation>
    </message>
    <message>
        <source>alarm returned</source>
        <translation>alarma desaparecida</translation>
    </message>
    <message>
        <source>alarm acknowledged</source>
        <translation>alarma reconocida</translation>
    </message>
    <message>
        <source>alarm shelved</source>
        <translation>alarma aparcada</translation>
    </message>
    <message>
        <source>alarm unshelved</source>
        <translation>alarma reactivada</translation>
    </message>
    <message>
        <source>alarm suppressed</source>
        <translation>alarma suprimida</translation>
    </message>
    <message>
        <source>alarm no longer suppressed</source>
        <translation>alarma ya no suprimida</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>por %1</translation>
    </message>
    <message>
        <source>for %1 min by %2: %3</source>
        <translation>durante %1 min por %2: %3</translation>
    </message>
    <message>
        <source>time is over</source>
        <translation>se acabó el tiempo</translation>
    </message>
    <message>
        <source>alarm %1: it does not stand any more</source>
        <translation>alarma %1: ya no está presente</translation>
    </message>
    <message>
        <source>alarm %1: it was raised anew meanwhile; look at it again</source>
        <translation>alarma %1: se activó de nuevo; mírela otra vez</translation>
    </message>
    <message>
        <source>alarm %1: its device does not answer, so nobody can see it</source>
        <translation>alarma %1: su equipo no responde, nadie puede verla</translation>
    </message>
    <message>
        <source>alarm %1: it is shelved</source>
        <translation>alarma %1: está aparcada</translation>
    </message>
    <message>
        <source>alarm %1: acknowledged by %2</source>
        <translation>alarma %1: reconocida por %2</translation>
    </message>
    <message>
        <source>alarm %1: what ends work or is of high priority is not shelved</source>
        <translation>alarma %1: lo que detiene el trabajo o es de alta prioridad no se aparca</translation>
    </message>
    <message>
        <source>alarm %1: it is not shelved</source>
        <translation>alarma %1: no está aparcada</translation>
    </message>
    <message>
        <source>this lane does not take %1</source>
        <translation>esta vía no acepta %1</translation>
    </message>
    <message>
        <source>ready; vehicle %1 comes to be scanned again</source>
        <translation>listo; el vehículo %1 vuelve para un nuevo escaneo</translation>
    </message>
    <message>
        <source>vehicle %1 was sent round to be scanned again and does not come</source>
        <translation>el vehículo %1, enviado de vuelta para un nuevo escaneo, no llega</translation>
    </message>
    <message>
        <source>it may be vehicle %1, which was sent round to be scanned again</source>
        <translation>puede ser el vehículo %1, enviado de vuelta para un nuevo escaneo</translation>
    </message>
    <message>
        <source>too many vehicles are on their way to be scanned again</source>
        <translation>ya hay demasiados vehículos de vuelta para un nuevo escaneo</translation>
    </message>
    <message>
        <source>the vehicle is in the lane again: decide on its new scan</source>
        <translation>el vehículo está otra vez en la vía: decida sobre su nuevo escaneo</translation>
    </message>
    <message>
        <source>the vehicle is on its way to be scanned again: another agency or an inspection must take the case on</source>
        <translation>el vehículo vuelve para un nuevo escaneo: otro organismo o una inspección debe seguir el caso</translation>
    </message>
    <message>
        <source>the file is no photo: JPEG and PNG are taken</source>
        <translation>el archivo no es una foto: se aceptan JPEG y PNG</translation>
    </message>
    <message>
        <source>the photo is larger than 8 MiB; take it smaller</source>
        <translation>la foto supera 8 MiB; hágala más pequeña</translation>
    </message>
    <message>
        <source>the case has %1 photos already</source>
        <translation>el caso ya tiene %1 fotos</translation>
    </message>
    <message>
        <source>the case was not referred to a physical inspection</source>
        <translation>el caso no se envió a inspección física</translation>
    </message>
    <message>
        <source>you referred this case yourself; another records what was found</source>
        <translation>usted mismo envió este caso; otro registra lo hallado</translation>
    </message>
    <message>
        <source>finding %1</source>
        <translation>hallazgo %1</translation>
    </message>
    <message>
        <source>the rest</source>
        <translation>el resto</translation>
    </message>
    <message>
        <source>say what was found, where and how much</source>
        <translation>diga qué se halló, dónde y cuánto</translation>
    </message>
    <message>
        <source>another cause needs words that say which</source>
        <translation>otra causa necesita palabras que la nombren</translation>
    </message>
    <message>
        <source>say in words what was done</source>
        <translation>diga con palabras qué se hizo</translation>
    </message>
    <message>
        <source>the ticket is closed already</source>
        <translation>el aviso ya está cerrado</translation>
    </message>
    <message>
        <source>this lane has no accounts, so that nobody can sign</source>
        <translation>esta vía no tiene cuentas, así que nadie puede firmar</translation>
    </message>
    <message>
        <source>two persons sign a handover; both names are the same</source>
        <translation>dos personas firman un relevo; ambos nombres son iguales</translation>
    </message>
    <message>
        <source>the list is too old to be signed; look at the new one first</source>
        <translation>la lista es demasiado antigua para firmarla; mire antes la nueva</translation>
    </message>
    <message>
        <source>the list has been signed meanwhile; look at the new one first</source>
        <translation>la lista se firmó entretanto; mire antes la nueva</translation>
    </message>
    <message>
        <source>who hands over</source>
        <translation>quien entrega</translation>
    </message>
    <message>
        <source>who takes over</source>
        <translation>quien recibe</translation>
    </message>
    <message>
        <source>%1 may not hand a shift over</source>
        <translation>%1 no puede entregar un turno</translation>
    </message>
    <message>
        <source>until %1, by %2: %3</source>
        <translation>hasta %1, por %2: %3</translation>
    </message>
    <message>
        <source>its verified gross mass of %1 leaves %2 without the container, as the image shows.</source>
        <translation>su masa bruta verificada de %1 deja %2 sin el contenedor, como muestra la imagen.</translation>
    </message>
    <message>
        <source>its verified gross mass of %1 leaves %2 without the container, as the image shows; the declaration does not agree with what was weighed.</source>
        <translation>su masa bruta verificada de %1 deja %2 sin el contenedor, como muestra la imagen; la declaración no concuerda con lo pesado.</translation>
    </message>
    <message>
        <source>its verified gross mass of %1 leaves %2 without the container, and the image shows about %3, %4 more.</source>
        <translation>su masa bruta verificada de %1 deja %2 sin el contenedor, y la imagen muestra unos %3, %4 más.</translation>
    </message>
    <message>
        <source>its verified gross mass of %1 leaves %2 without the container, and the image shows about %3, %4 less.</source>
        <translation>su masa bruta verificada de %1 deja %2 sin el contenedor, y la imagen muestra unos %3, %4 menos.</translation>
    </message>
    <message>
        <source>about %1 are not declared.</source>
        <translation>unos %1 no están declarados.</translation>
    </message>
    <message>
        <source>If they are more of the declared goods, goods of %1 are not declared and %2 of duties and taxes are at stake.</source>
        <translation>Si son más de las mercancías declaradas, hay mercancías por %1 sin declarar y están en juego %2 de derechos e impuestos.</translation>
    </message>
    <message>
        <source>By the image&apos;s 90 % interval it is %1.</source>
        <translation>Según el intervalo del 90 % de la imagen: %1.</translation>
    </message>
    <message>
        <source>By the image&apos;s 90 % interval, and by which of the %1 items they belong to, it is %2.</source>
        <translation>Según el intervalo del 90 % de la imagen, y según a cuál de las %1 partidas pertenezcan: %2.</translation>
    </message>
    <message>
        <source>Items without mass, value or rate, left out: %1.</source>
        <translation>Partidas sin masa, valor o tipo, no contadas: %1.</translation>
    </message>
    <message>
        <source>Other goods may owe more or less.</source>
        <translation>Otras mercancías pueden deber más o menos.</translation>
    </message>
    <message>
        <source>the revenue at stake cannot be said: %1.</source>
        <translation>no se pueden cifrar los ingresos en juego: %1.</translation>
    </message>
    <message>
        <source>it is declared empty, so what it holds has no declared value</source>
        <translation>está declarado vacío, así que lo que contiene no tiene valor declarado</translation>
    </message>
    <message>
        <source>none of its goods has a mass, a value in one currency and a rate in the tariff</source>
        <translation>ninguna de sus mercancías tiene masa, valor en una sola moneda y tipo en el arancel</translation>
    </message>
    <message>
        <source>%1 less than declared is in the image; less goods owe no more, but a refund or export aid claimed on them would be at stake.</source>
        <translation>en la imagen hay %1 menos de lo declarado; menos mercancía no debe más, pero estaría en juego una devolución o ayuda a la exportación pedida por ella.</translation>
    </message>
    <message>
        <source>the case is not decided yet; its report can be printed after that</source>
        <translation>el caso aún no está decidido; su informe se podrá imprimir después</translation>
    </message>
    <message>
        <source>this lane prints no reports</source>
        <translation>este carril no imprime informes</translation>
    </message>
    <message>
        <source>the report was not ready after %1 s</source>
        <translation>el informe no estaba listo tras %1 s</translation>
    </message>
    <message>
        <source>the report was not made (%1): %2</source>
        <translation>el informe no se hizo (%1): %2</translation>
    </message>
    <message>
        <source>the case is not decided yet; it can be a reference after that</source>
        <translation>el caso aún no está decidido; podrá ser referencia después</translation>
    </message>
    <message>
        <source>the case has no image to compare with</source>
        <translation>el caso no tiene imagen con que comparar</translation>
    </message>
    <message>
        <source>no goods of chapter %1 are declared in it</source>
        <translation>no se declaran en él mercancías del capítulo %1</translation>
    </message>
    <message>
        <source>An officer says that none of the %1 declarations that name this vehicle belongs to it.</source>
        <translation>Un agente dice que ninguna de las %1 declaraciones que nombran este vehículo le pertenece.</translation>
    </message>
    <message>
        <source>the case is decided; its declarations stand</source>
        <translation>el caso está decidido; sus declaraciones quedan como están</translation>
    </message>
    <message>
        <source>the declarations of this case are not in doubt</source>
        <translation>las declaraciones de este caso no están en duda</translation>
    </message>
    <message>
        <source>the declarations of this case are others now than were shown; look at them first</source>
        <translation>las declaraciones de este caso ya no son las que se mostraban; mírelas primero</translation>
    </message>
    <message>
        <source>the case has no declaration %1</source>
        <translation>el caso no tiene la declaración %1</translation>
    </message>
    <message>
        <source>the checks are being made again with the declaration that was chosen</source>
        <translation>las comprobaciones se hacen de nuevo con la declaración elegida</translation>
    </message>
    <message>
        <source>a decision is being taken</source>
        <translation>se está tomando una decisión</translation>
    </message>
    <message>
        <source>Customs keeps a vehicle that was released</source>
        <translation>La aduana retiene un vehículo liberado</translation>
    </message>
    <message>
        <source>Customs ordered it after the decision.</source>
        <translation>La aduana lo ordenó después de la decisión.</translation>
    </message>
    <message>
        <source>Goods that customs keeps may leave.</source>
        <translation>Mercancías retenidas por la aduana pueden salir.</translation>
    </message>
    <message>
        <source>Stop the vehicle before it leaves; a supervisor overrides the release.</source>
        <translation>Detenga el vehículo antes de que salga; un supervisor anula el levante.</translation>
    </message>
    <message>
        <source>this vehicle</source>
        <translation>este vehículo</translation>
    </message>
    <message>
        <source>customs holds it [%1].</source>
        <translation>la aduana lo retiene [%1].</translation>
    </message>
    <message>
        <source>customs says that it must not be loaded [%1].</source>
        <translation>la aduana prohíbe cargarlo [%1].</translation>
    </message>
    <message>
        <source>customs asks for a control of it [%1].</source>
        <translation>la aduana pide su control [%1].</translation>
    </message>
    <message>
        <source>customs asks for high-risk screening of it [%1].</source>
        <translation>la aduana pide una inspección de seguridad de alto riesgo [%1].</translation>
    </message>
    <message>
        <source>customs asks for its documents [%1].</source>
        <translation>la aduana pide sus documentos [%1].</translation>
    </message>
    <message>
        <source>customs told of it in a code that no list holds, which is no release [%1].</source>
        <translation>la aduana comunicó un código que no está en ninguna lista, lo que no es un levante [%1].</translation>
    </message>
    <message>
        <source>customs has lifted what it ordered [%1], by [%2].</source>
        <translation>la aduana ha levantado lo que ordenó [%1], con [%2].</translation>
    </message>
    <message>
        <source>customs keeps the goods; decide otherwise, and a supervisor may override it</source>
        <translation>la aduana retiene las mercancías; decida otra cosa, y un supervisor puede anularlo</translation>
    </message>
    <message>
        <source>say in the remark how what customs asks for was dealt with</source>
        <translation>indique en la observación cómo se atendió lo que pide la aduana</translation>
    </message>
    <message>
        <source>after the release</source>
        <translation>después del levante</translation>
    </message>
    <message>
        <source>the load looks as goods of %1 did in %2; other goods may look the same.</source>
        <translation>la carga se parece a las mercancías del %1 vistas en %2; otras mercancías pueden tener el mismo aspecto.</translation>
    </message>
    <message>
        <source>the load does not look like goods of %1: %2 in %3.</source>
        <translation>la carga no se parece a las mercancías del %1: %2 en %3.</translation>
    </message>
    <message>
        <source>whether the load looks like the goods declared is not known: %1.</source>
        <translation>no se sabe si la carga se parece a las mercancías declaradas: %1.</translation>
    </message>
    <message>
        <source>%1 of its mass is organic matter, and of such goods %2</source>
        <translation>el %1 de su masa es materia orgánica, y en tales mercancías %2</translation>
    </message>
    <message>
        <source>%1 of its mass is light inorganic matter, and of such goods %2</source>
        <translation>el %1 de su masa es materia inorgánica ligera, y en tales mercancías %2</translation>
    </message>
    <message>
        <source>%1 of its mass is metal, and of such goods %2</source>
        <translation>el %1 de su masa es metal, y en tales mercancías %2</translation>
    </message>
    <message>
        <source>%1 of its mass is heavy metal, and of such goods %2</source>
        <translation>el %1 de su masa es metal pesado, y en tales mercancías %2</translation>
    </message>
    <message>
        <source>%1 of it cannot be seen through, and of such goods at most %2</source>
        <translation>el %1 no es atravesado por los rayos, y en tales mercancías como máximo %2</translation>
    </message>
    <message>
        <source>its areal density is %1, and that of such goods %2</source>
        <translation>su densidad superficial es de %1, y la de tales mercancías %2</translation>
    </message>
    <message>
        <source>its mass per volume is %1, and that of such goods %2</source>
        <translation>su masa por volumen es de %1, y la de tales mercancías %2</translation>
    </message>
    <message>
        <source>its unevenness is %1, and that of such goods %2</source>
        <translation>su irregularidad es de %1, y la de tales mercancías %2</translation>
    </message>
    <message>
        <source>its texture is %1, and that of such goods %2</source>
        <translation>su textura es de %1, y la de tales mercancías %2</translation>
    </message>
    <message>
        <source>which of its declarations holds is not known</source>
        <translation>no se sabe cuál de sus declaraciones vale</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>está vacío</translation>
    </message>
    <message>
        <source>too little of the load was measured</source>
        <translation>se midió una parte demasiado pequeña de la carga</translation>
    </message>
    <message>
        <source>item %1 of %2 has no HS code</source>
        <translation>la partida %1 de %2 no tiene código SA</translation>
    </message>
    <message>
        <source>no goods are declared for it</source>
        <translation>no hay mercancías declaradas para él</translation>
    </message>
    <message>
        <source>what goods look like was learnt from simulated scans only</source>
        <translation>el aspecto de las mercancías solo se aprendió de imágenes simuladas</translation>
    </message>
    <message>
        <source>no scan of HS chapter %1 has taught what it looks like</source>
        <translation>ninguna imagen del capítulo SA %1 ha enseñado su aspecto</translation>
    </message>
    <message>
        <source>of HS chapter %1 only %2 scans are known, and %3 are needed</source>
        <translation>del capítulo SA %1 solo se conocen %2 imágenes, y hacen falta %3</translation>
    </message>
    <message>
        <source>No container was found, so its goods cannot be compared.</source>
        <translation>No se encontró ningún contenedor, por lo que sus mercancías no se pueden comparar.</translation>
    </message>
    <message>
        <source>HS chapters %1 and %2</source>
        <translation>capítulos SA %1 y %2</translation>
    </message>
    <message>
        <source>HS chapter %1</source>
        <translation>capítulo SA %1</translation>
    </message>
    <message>
        <source>between %1 and %2</source>
        <translation>entre %1 y %2</translation>
    </message>
    <message>
        <source>%1 simulated scans</source>
        <translation>%1 imágenes simuladas</translation>
    </message>
    <message>
        <source>%1 scans</source>
        <translation>%1 imágenes</translation>
    </message>
    <message>
        <source>Declaration %1: %2</source>
        <translation>Declaración %1: %2</translation>
    </message>
    <message>
        <source>the containers of this vehicle are being decided on one by one: decide on each that is left</source>
        <translation>los contenedores de este vehículo se deciden uno por uno: decida sobre cada uno de los que quedan</translation>
    </message>
    <message>
        <source>container %1 is decided already; decide on the others</source>
        <translation>el contenedor %1 ya está decidido; decida sobre los demás</translation>
    </message>
    <message>
        <source>calibration no longer fits: %1; take dark and air anew</source>
        <translation>la calibración ya no sirve: %1; tome de nuevo oscuro y aire</translation>
    </message>
    <message>
        <source>calibration is %1 hours old, allowed are %2: calibrate</source>
        <translation>la calibración tiene %1 horas, se admiten %2: calibre</translation>
    </message>
    <message>
        <source>calibration is %1 hours old, allowed are %2</source>
        <translation>la calibración tiene %1 horas, se admiten %2</translation>
    </message>
    <message>
        <source>commissioning data and wedges are %1 days old, allowed are %2; measure them anew</source>
        <translation>los datos de puesta en servicio y las cuñas tienen %1 días, se admiten %2; mídalos de nuevo</translation>
    </message>
    <message>
        <source>detector is %1 degC from its dark frame, allowed are %2</source>
        <translation>el detector está a %1 degC de su cuadro oscuro, se admiten %2</translation>
    </message>
    <message>
        <source>dose is %1 % from that of the air frames, allowed are %2</source>
        <translation>la dosis está a %1 % de la de los cuadros de aire, se admiten %2</translation>
    </message>
    <message>
        <source>air behind the load is %1 % from the air frames, allowed are %2</source>
        <translation>el aire detrás de la carga está a %1 % de los cuadros de aire, se admiten %2</translation>
    </message>
    <message>
        <source>air is %1 % from the air frames, allowed are %2</source>
        <translation>el aire está a %1 % de los cuadros de aire, se admiten %2</translation>
    </message>
    <message>
        <source>%1 pixels in air behind the load have changed by more than %2 %</source>
        <translation>%1 píxeles en el aire detrás de la carga cambiaron más de %2 %</translation>
    </message>
    <message>
        <source>%1 pixels in air have changed by more than %2 %</source>
        <translation>%1 píxeles en el aire cambiaron más de %2 %</translation>
    </message>
    <message>
        <source>module %1 silent</source>
        <translation>módulo %1 mudo</translation>
    </message>
    <message>
        <source>module %1 dead</source>
        <translation>módulo %1 muerto</translation>
    </message>
    <message>
        <source>%1 line without a sound detector temperature</source>
        <translation>%1 línea sin temperatura fiable del detector</translation>
    </message>
    <message>
        <source>%1 lines without a sound detector temperature</source>
        <translation>%1 líneas sin temperatura fiable del detector</translation>
    </message>
    <message>
        <source>%1 pixel went bad during the scan</source>
        <translation>%1 píxel falló durante el escaneo</translation>
    </message>
    <message>
        <source>%1 pixels went bad during the scan</source>
        <translation>%1 píxeles fallaron durante el escaneo</translation>
    </message>
    <message>
        <source>%1 line saturated: %2</source>
        <translation>%1 línea saturada: %2</translation>
    </message>
    <message>
        <source>%1 lines saturated: %2</source>
        <translation>%1 líneas saturadas: %2</translation>
    </message>
    <message>
        <source>%1 line saturated</source>
        <translation>%1 línea saturada</translation>
    </message>
    <message>
        <source>%1 lines saturated</source>
        <translation>%1 líneas saturadas</translation>
    </message>
    <message>
        <source>%1 pixel at full scale, in module %2</source>
        <translation>%1 píxel a fondo de escala, en el módulo %2</translation>
    </message>
    <message>
        <source>%1 pixels at full scale, in module %2</source>
        <translation>%1 píxeles a fondo de escala, en el módulo %2</translation>
    </message>
    <message>
        <source>%1 pixels at full scale, in modules %2 and %3</source>
        <translation>%1 píxeles a fondo de escala, en los módulos %2 y %3</translation>
    </message>
    <message>
        <source>%1 pixels at full scale, in %2 modules</source>
        <translation>%1 píxeles a fondo de escala, en %2 módulos</translation>
    </message>
    <message>
        <source>%1 line repeated a pulse number</source>
        <translation>%1 línea repitió un número de pulso</translation>
    </message>
    <message>
        <source>%1 lines repeated a pulse number</source>
        <translation>%1 líneas repitieron un número de pulso</translation>
    </message>
    <message>
        <source>no line of low energy measured anything: its image is estimated from the high one as for aluminium, no material is told, mass is as of middle goods</source>
        <translation>ninguna línea de baja energía midió nada: su imagen se estima de la alta como para aluminio, no se dice material, la masa es la de mercancías medias</translation>
    </message>
    <message>
        <source>no line of high energy measured anything: its image is estimated from the low one as for aluminium, no material is told, mass is as of middle goods</source>
        <translation>ninguna línea de alta energía midió nada: su imagen se estima de la baja como para aluminio, no se dice material, la masa es la de mercancías medias</translation>
    </message>
    <message>
        <source>all dark: no line saw the beam; check the source and what is before it</source>
        <translation>todo oscuro: ninguna línea vio el haz; revise la fuente y lo que hay delante</translation>
    </message>
    <message>
        <source>%1 line left out: its encoder count is impossible</source>
        <translation>%1 línea descartada: su cuenta de codificador es imposible</translation>
    </message>
    <message>
        <source>%1 lines left out: their encoder counts are impossible</source>
        <translation>%1 líneas descartadas: sus cuentas de codificador son imposibles</translation>
    </message>
    <message>
        <source>%1 line left out: the scan had turned back by more than %2 mm</source>
        <translation>%1 línea descartada: el escaneo había retrocedido más de %2 mm</translation>
    </message>
    <message>
        <source>%1 lines left out: the scan had turned back by more than %2 mm</source>
        <translation>%1 líneas descartadas: el escaneo había retrocedido más de %2 mm</translation>
    </message>
    <message>
        <source>A block much denser than the goods around it, about %1 x %2 cm; noise hides its material.</source>
        <translation>Un bloque mucho más denso que las mercancías de alrededor, unos %1 x %2 cm; el ruido oculta su material.</translation>
    </message>
    <message>
        <source>say first what you see in the image; the findings appear then</source>
        <translation>diga primero qué ve en la imagen; después aparecen los hallazgos</translation>
    </message>
    <message>
        <source>the findings are shown already</source>
        <translation>los hallazgos ya se muestran</translation>
    </message>
    <message>
        <source>the random draws of this vehicle are being asked for; try again</source>
        <translation>se están pidiendo los sorteos de este vehículo; inténtelo de nuevo</translation>
    </message>
    <message>
        <source>the case is being judged again with the identity that was confirmed</source>
        <translation>el caso se juzga de nuevo con la identidad confirmada</translation>
    </message>
    <message>
        <source>the case is decided; its identity stands</source>
        <translation>el caso está decidido; su identidad queda</translation>
    </message>
    <message>
        <source>the case is not judged yet; correct it then</source>
        <translation>el caso aún no está juzgado; corríjalo después</translation>
    </message>
    <message>
        <source>a container of this vehicle is decided on already by its number</source>
        <translation>un contenedor de este vehículo ya está decidido por su número</translation>
    </message>
    <message>
        <source>the case has this identity already</source>
        <translation>el caso ya tiene esta identidad</translation>
    </message>
    <message>
        <source>nobody has said whose vehicle it is; say it, and another confirms</source>
        <translation>nadie ha dicho de quién es el vehículo; dígalo y otra persona confirma</translation>
    </message>
    <message>
        <source>another identity was proposed meanwhile; look at it first</source>
        <translation>entretanto se propuso otra identidad; mírela primero</translation>
    </message>
    <message>
        <source>who said whose vehicle it is does not confirm it; another has to</source>
        <translation>quien dijo de quién es el vehículo no lo confirma; debe hacerlo otra persona</translation>
    </message>
    <message>
        <source>container number %1 has not eleven characters</source>
        <translation>el número de contenedor %1 no tiene once caracteres</translation>
    </message>
    <message>
        <source>container number %1 does not begin with three letters of its owner</source>
        <translation>el número de contenedor %1 no empieza con tres letras de su propietario</translation>
    </message>
    <message>
        <source>container number %1 has none of U, J and Z as its fourth letter</source>
        <translation>el número de contenedor %1 no tiene U, J ni Z como cuarta letra</translation>
    </message>
    <message>
        <source>container number %1 does not end with seven digits</source>
        <translation>el número de contenedor %1 no termina con siete cifras</translation>
    </message>
    <message>
        <source>container number %1 has another check digit: a character is not right</source>
        <translation>el número de contenedor %1 tiene otro dígito de control: un carácter no es correcto</translation>
    </message>
    <message>
        <source>container number %1 is there twice</source>
        <translation>el número de contenedor %1 está dos veces</translation>
    </message>
    <message>
        <source>neither a plate nor a container number is given</source>
        <translation>no se da ni placa ni número de contenedor</translation>
    </message>
    <message>
        <source>not judged again with its identity: %1</source>
        <translation>no juzgado de nuevo con su identidad: %1</translation>
    </message>
    <message>
        <source>the camera&apos;s reference does not lie in the folder of its pictures</source>
        <translation>la referencia de la cámara no está en la carpeta de sus imágenes</translation>
    </message>
    <message>
        <source>the folder of the cameras&apos; pictures cannot be read</source>
        <translation>no se puede leer la carpeta de las imágenes de las cámaras</translation>
    </message>
    <message>
        <source>the picture is larger than 8 MiB</source>
        <translation>la imagen supera los 8 MiB</translation>
    </message>
    <message>
        <source>the camera&apos;s picture did not come within a minute</source>
        <translation>la imagen de la cámara no llegó en un minuto</translation>
    </message>
    <message>
        <source>the camera&apos;s file is no picture: JPEG and PNG are taken</source>
        <translation>el archivo de la cámara no es una imagen: se aceptan JPEG y PNG</translation>
    </message>
    <message>
        <source>the camera&apos;s picture ends before its end</source>
        <translation>la imagen de la cámara está cortada</translation>
    </message>
    <message>
        <source>customs has invalidated it, so that it declares nothing any more [%1].</source>
        <translation>la aduana la ha invalidado, por lo que ya no declara nada [%1].</translation>
    </message>
    <message>
        <source>customs has amended it since it was lodged [%1].</source>
        <translation>la aduana la ha modificado desde que se presentó [%1].</translation>
    </message>
    <message>
        <source>customs has amended it, and not all of that can be compared here [%1].</source>
        <translation>la aduana la ha modificado y no todo puede compararse aquí [%1].</translation>
    </message>
    <message>
        <source>its declarant has asked customs to amend it and has no answer yet [%1].</source>
        <translation>su declarante ha pedido a la aduana que la modifique y aún no tiene respuesta [%1].</translation>
    </message>
    <message>
        <source>its declarant has asked customs to cancel it and has no answer yet [%1].</source>
        <translation>su declarante ha pedido a la aduana que la anule y aún no tiene respuesta [%1].</translation>
    </message>
    <message>
        <source>customs has dealt with what its declarant asked for [%1], by [%2].</source>
        <translation>la aduana ha tratado lo que pidió su declarante [%1], mediante [%2].</translation>
    </message>
</context>
<context>
    <name>marks</name>
    <message>
        <source>%1 m² ± %2</source>
        <translation>%1 m² ± %2</translation>
    </message>
    <message>
        <source>%1 g/cm² ± %2</source>
        <translation>%1 g/cm² ± %2</translation>
    </message>
    <message>
        <source>at least %1</source>
        <translation>al menos %1</translation>
    </message>
    <message>
        <source>%1 m ± %2</source>
        <translation>%1 m ± %2</translation>
    </message>
    <message>
        <source>cannot be measured here</source>
        <translation>no medible aquí</translation>
    </message>
    <message>
        <source>%1 kg (%2 to %3) above what is beside it</source>
        <translation>%1 kg (%2 a %3) además de lo que hay al lado</translation>
    </message>
    <message>
        <source>%1 kg (%2 to %3) with all in its rays</source>
        <translation>%1 kg (%2 a %3) con todo lo que atraviesan los rayos</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::AlarmModel</name>
    <message>
        <source>acknowledged by %1</source>
        <translation>reconocida por %1</translation>
    </message>
    <message>
        <source>gone, not acknowledged</source>
        <translation>desaparecida, sin reconocer</translation>
    </message>
    <message>
        <source>shelved until %1 by %2: %3</source>
        <translation>aparcada hasta %1 por %2: %3</translation>
    </message>
    <message>
        <source>not to be seen: its device is lost</source>
        <translation>no se puede ver: su equipo no responde</translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation>sin reconocer</translation>
    </message>
    <message>
        <source>First: %1</source>
        <translation>Primera: %1</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>No aceptado: %1</translation>
    </message>
    <message>
        <source>%1 in the last 10 min, %2 on average over 24 h; at most 1 is wanted</source>
        <translation>%1 en los últimos 10 min, %2 de media en 24 h; se desea 1 como máximo</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::CaseModel</name>
    <message>
        <source>cannot say</source>
        <translation>indeterminado</translation>
    </message>
    <message>
        <source>seen %1, declared %2</source>
        <translation>visto %1, declarado %2</translation>
    </message>
    <message>
        <source>No case</source>
        <translation>Sin caso</translation>
    </message>
    <message>
        <source>seal&#xa0;%1</source>
        <translation>precinto %1</translation>
    </message>
    <message>
        <source>No container number read</source>
        <translation>Ningún número de contenedor leído</translation>
    </message>
    <message>
        <source>plate %1</source>
        <translation>matrícula %1</translation>
    </message>
    <message>
        <source>Tailgated</source>
        <translation>Seguido demasiado cerca</translation>
    </message>
    <message>
        <source>Number not readable</source>
        <translation>Número ilegible</translation>
    </message>
    <message>
        <source>Load on two vehicles</source>
        <translation>Carga en dos vehículos</translation>
    </message>
    <message>
        <source>Identity in doubt</source>
        <translation>Identidad dudosa</translation>
    </message>
    <message>
        <source>Cannot be read: %1</source>
        <translation>No se puede leer: %1</translation>
    </message>
    <message numerus="yes">
        <source>%n declaration(s) name this vehicle; the documents must tell which one holds</source>
        <translation>
            <numerusform>%n declaración nombra este vehículo; los documentos deben decir si vale</numerusform>
            <numerusform>%n declaraciones nombran este vehículo; los documentos deben decir cuál vale</numerusform>
        </translation>
    </message>
    <message>
        <source>Declarations could not be asked for: %1</source>
        <translation>No se pudieron pedir las declaraciones: %1</translation>
    </message>
    <message>
        <source>No declaration found for this vehicle</source>
        <translation>Ninguna declaración para este vehículo</translation>
    </message>
    <message>
        <source>Declaration: looking</source>
        <translation>Declaración: buscando</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Hallazgos</translation>
    </message>
    <message>
        <source>Findings: not yet</source>
        <translation>Hallazgos: aún no</translation>
    </message>
    <message>
        <source>Findings: none</source>
        <translation>Hallazgos: ninguno</translation>
    </message>
    <message>
        <source>Findings, all answered</source>
        <translation>Hallazgos, todos respondidos</translation>
    </message>
    <message numerus="yes">
        <source>Findings, %n to answer</source>
        <translation>
            <numerusform>Hallazgos, %n por responder</numerusform>
            <numerusform>Hallazgos, %n por responder</numerusform>
        </translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Decidido</translation>
    </message>
    <message>
        <source>%1 by %2: %3</source>
        <translation>%1 por %2: %3</translation>
    </message>
    <message>
        <source>Goes to hold in %1:%2.</source>
        <translation>Se retiene en %1:%2.</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>nada hallado</translation>
    </message>
    <message>
        <source>not examined</source>
        <translation>no examinado</translation>
    </message>
    <message>
        <source>found %1, %2, %3</source>
        <translation>hallado: %1, %2, %3</translation>
    </message>
    <message>
        <source>Opened: %1.</source>
        <translation>Abierto: %1.</translation>
    </message>
    <message>
        <source>Inspected by %1. The rest of the load: %2.</source>
        <translation>Inspeccionado por %1. El resto de la carga: %2.</translation>
    </message>
    <message>
        <source>Old seal: %1.</source>
        <translation>Precinto antiguo: %1.</translation>
    </message>
    <message>
        <source>New seal: %1.</source>
        <translation>Precinto nuevo: %1.</translation>
    </message>
    <message>
        <source>Scanned again; the scan before is %1</source>
        <translation>Escaneado de nuevo; el escaneo anterior es %1</translation>
    </message>
    <message>
        <source>This vehicle was scanned again: %1</source>
        <translation>Este vehículo se escaneó de nuevo: %1</translation>
    </message>
    <message numerus="yes">
        <source>None of the %n declaration(s) that name this vehicle belongs to it, says %1</source>
        <translation>
            <numerusform>La %n declaración que nombra este vehículo no le pertenece, dice %1</numerusform>
            <numerusform>Ninguna de las %n declaraciones que nombran este vehículo le pertenece, dice %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Chosen by %1 among %n declaration(s)</source>
        <translation>
            <numerusform>Elegida por %1 entre %n declaración</numerusform>
            <numerusform>Elegida por %1 entre %n declaraciones</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 by %3</source>
        <translation>%1: %2 por %3</translation>
    </message>
    <message>
        <source>Findings: after your own look</source>
        <translation>Hallazgos: después de su propia lectura</translation>
    </message>
    <message>
        <source>%1 says whose vehicle it is: a second person has to confirm it (Ctrl I)</source>
        <translation>%1 dice de quién es el vehículo: una segunda persona debe confirmarlo (Ctrl I)</translation>
    </message>
    <message>
        <source>Identity said by %1, confirmed by %2</source>
        <translation>Identidad dicha por %1, confirmada por %2</translation>
    </message>
    <message>
        <source>Came after the decision, and was not decided on: %1</source>
        <translation>Llegó después de la decisión y no formó parte de ella: %1</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::CompareModel</name>
    <message>
        <source>Not searched: %1</source>
        <translation>No se buscó: %1</translation>
    </message>
    <message>
        <source>Loading the scan of %1</source>
        <translation>Cargando el escaneo del %1</translation>
    </message>
    <message>
        <source>No container number and no reference: nothing to compare with</source>
        <translation>Ni número de contenedor ni referencia: nada con que comparar</translation>
    </message>
    <message>
        <source>No earlier scan of this container, and no reference</source>
        <translation>Ningún escaneo anterior de este contenedor, y ninguna referencia</translation>
    </message>
    <message>
        <source>Looking for scans to compare with</source>
        <translation>Buscando escaneos para comparar</translation>
    </message>
    <message>
        <source>Reference, an empty container: scan of %1</source>
        <translation>Referencia, contenedor vacío: escaneo del %1</translation>
    </message>
    <message>
        <source>Reference, goods of chapter %1: scan of %2</source>
        <translation>Referencia, mercancías del capítulo %1: escaneo del %2</translation>
    </message>
    <message>
        <source>Earlier scan of %1</source>
        <translation>Escaneo anterior del %1</translation>
    </message>
    <message>
        <source>%1 (%2 of %3)</source>
        <translation>%1 (%2 de %3)</translation>
    </message>
    <message>
        <source>The scan of %1 cannot be shown: %2</source>
        <translation>El escaneo del %1 no se puede mostrar: %2</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ComplaintModel</name>
    <message>
        <source>A ticket for maintenance is open.</source>
        <translation>Hay un aviso abierto para mantenimiento.</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>No aceptado: %1</translation>
    </message>
    <message>
        <source>stripes</source>
        <translation>rayas</translation>
    </message>
    <message>
        <source>a part is missing</source>
        <translation>falta una parte</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>borrosa</translation>
    </message>
    <message>
        <source>noisy</source>
        <translation>con ruido</translation>
    </message>
    <message>
        <source>wrong colours</source>
        <translation>colores erróneos</translation>
    </message>
    <message>
        <source>another cause</source>
        <translation>otra causa</translation>
    </message>
    <message>
        <source>Another cause needs words that say which.</source>
        <translation>Otra causa necesita palabras que la nombren.</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Enviándose</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::DeclarationModel</name>
    <message>
        <source>names the container</source>
        <translation>nombra el contenedor</translation>
    </message>
    <message>
        <source>names the same UCR</source>
        <translation>lleva el mismo UCR</translation>
    </message>
    <message>
        <source>names the plate</source>
        <translation>nombra la matrícula</translation>
    </message>
    <message>
        <source>names the chassis</source>
        <translation>nombra el chasis</translation>
    </message>
    <message>
        <source>no goods declared</source>
        <translation>ninguna mercancía declarada</translation>
    </message>
    <message numerus="yes">
        <source>and %n more item(s)</source>
        <translation>
            <numerusform>y %n artículo más</numerusform>
            <numerusform>y %n artículos más</numerusform>
        </translation>
    </message>
    <message>
        <source>declarant not named</source>
        <translation>declarante no nombrado</translation>
    </message>
    <message>
        <source>no container named</source>
        <translation>ningún contenedor nombrado</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>No aceptado: %1</translation>
    </message>
    <message>
        <source>No connection to the lane: not sent.</source>
        <translation>Sin conexión con la vía: no enviado.</translation>
    </message>
    <message>
        <source>Your role does not decide cases.</source>
        <translation>Su función no decide casos.</translation>
    </message>
    <message>
        <source>Nothing is in doubt any more.</source>
        <translation>Ya no hay nada en duda.</translation>
    </message>
    <message>
        <source>Choose a declaration first, or none of these.</source>
        <translation>Elija primero una declaración, o ninguna de estas.</translation>
    </message>
    <message>
        <source>named by a scan order</source>
        <translation>nombrada en una orden de escaneo</translation>
    </message>
    <message>
        <source>names the container of a scan order</source>
        <translation>nombra el contenedor de una orden de escaneo</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::IdentityModel</name>
    <message>
        <source>Not taken: %1</source>
        <translation>No aceptado: %1</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Enviando</translation>
    </message>
    <message>
        <source>plate %1</source>
        <translation>matrícula %1</translation>
    </message>
    <message>
        <source>%1 says: %2. A second person has to confirm it.</source>
        <translation>%1 dice: %2. Una segunda persona debe confirmarlo.</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>Matrícula</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Contenedor</translation>
    </message>
    <message>
        <source>Container type</source>
        <translation>Tipo de contenedor</translation>
    </message>
    <message>
        <source>not taken</source>
        <translation>no tomado</translation>
    </message>
    <message>
        <source>This photo cannot be shown.</source>
        <translation>Esta foto no se puede mostrar.</translation>
    </message>
    <message>
        <source>The camera sent no picture with this reading.</source>
        <translation>La cámara no envió ninguna imagen con esta lectura.</translation>
    </message>
    <message>
        <source>Being fetched</source>
        <translation>Se está cargando</translation>
    </message>
    <message>
        <source>camera %1, %2</source>
        <translation>cámara %1, %2</translation>
    </message>
    <message>
        <source>%1: nothing could be read; %2</source>
        <translation>%1: no se pudo leer nada; %2</translation>
    </message>
    <message>
        <source>%1: %2, sure to %3 %; %4</source>
        <translation>%1: %2, seguro al %3 %; %4</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ImageStore</name>
    <message>
        <source>(%1 % around)</source>
        <translation>(%1 % alrededor)</translation>
    </message>
    <message>
        <source>x %1 m   z %2 m</source>
        <translation>x %1 m   z %2 m</translation>
    </message>
    <message>
        <source>%1 g/cm²</source>
        <translation>%1 g/cm²</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ImageTools</name>
    <message>
        <source>standard image</source>
        <translation>imagen estándar</translation>
    </message>
    <message>
        <source>sweep</source>
        <translation>barrido</translation>
    </message>
    <message>
        <source>contrast %1 to %2</source>
        <translation>contraste %1 a %2</translation>
    </message>
    <message>
        <source>gamma %1</source>
        <translation>gamma %1</translation>
    </message>
    <message>
        <source>colours %1</source>
        <translation>colores %1</translation>
    </message>
    <message>
        <source>contrast</source>
        <translation>contraste</translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation>%1: no</translation>
    </message>
    <message>
        <source>gamma</source>
        <translation>gamma</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>gris</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::InspectModel</name>
    <message>
        <source>The whole container</source>
        <translation>Todo el contenedor</translation>
    </message>
    <message>
        <source>%1 to %2 m from the doors, %3 to %4 m above the floor</source>
        <translation>de %1 a %2 m de las puertas, de %3 a %4 m sobre el suelo</translation>
    </message>
    <message>
        <source>Photo not kept: %1</source>
        <translation>Foto no guardada: %1</translation>
    </message>
    <message>
        <source>Photo kept</source>
        <translation>Foto guardada</translation>
    </message>
    <message>
        <source>Not recorded: %1</source>
        <translation>No registrado: %1</translation>
    </message>
    <message>
        <source>Recorded; customs and the analyst are told.</source>
        <translation>Registrado; se informa a la aduana y al analista.</translation>
    </message>
    <message>
        <source>The rest of the load</source>
        <translation>El resto de la carga</translation>
    </message>
    <message>
        <source>No photos in %1</source>
        <translation>No hay fotos en %1</translation>
    </message>
    <message>
        <source>Choose a case first.</source>
        <translation>Elija primero un caso.</translation>
    </message>
    <message>
        <source>Only files of this machine can be added.</source>
        <translation>Solo se pueden añadir archivos de esta máquina.</translation>
    </message>
    <message>
        <source>Photo is being sent</source>
        <translation>Enviando la foto</translation>
    </message>
    <message>
        <source>Your role does not record inspections.</source>
        <translation>Su función no registra inspecciones.</translation>
    </message>
    <message>
        <source>Finding %1</source>
        <translation>Hallazgo %1</translation>
    </message>
    <message>
        <source>%1: say what was found.</source>
        <translation>%1: diga qué se halló.</translation>
    </message>
    <message>
        <source>%1: say what, where and how much.</source>
        <translation>%1: diga qué, dónde y cuánto.</translation>
    </message>
    <message>
        <source>Being recorded</source>
        <translation>Registrándose</translation>
    </message>
    <message>
        <source>No inspection waits</source>
        <translation>Ninguna inspección espera</translation>
    </message>
    <message numerus="yes">
        <source>%n inspection(s) wait</source>
        <translation>
            <numerusform>%n inspección espera</numerusform>
            <numerusform>%n inspecciones esperan</numerusform>
        </translation>
    </message>
    <message>
        <source>No case chosen</source>
        <translation>Ningún caso elegido</translation>
    </message>
    <message>
        <source>Recorded by %1</source>
        <translation>Registrado por %1</translation>
    </message>
    <message>
        <source>No seal is declared</source>
        <translation>No se declara ningún precinto</translation>
    </message>
    <message>
        <source>Declared: %1</source>
        <translation>Declarado: %1</translation>
    </message>
    <message>
        <source>Drugs</source>
        <translation>Drogas</translation>
    </message>
    <message>
        <source>Cigarettes</source>
        <translation>Cigarrillos</translation>
    </message>
    <message>
        <source>Alcohol</source>
        <translation>Alcohol</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>Dinero</translation>
    </message>
    <message>
        <source>Weapons</source>
        <translation>Armas</translation>
    </message>
    <message>
        <source>Waste</source>
        <translation>Residuos</translation>
    </message>
    <message>
        <source>Other goods</source>
        <translation>Otras mercancías</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Persona</translation>
    </message>
    <message>
        <source>In the box on the image</source>
        <translation>En el recuadro de la imagen</translation>
    </message>
    <message>
        <source>At the doors</source>
        <translation>En las puertas</translation>
    </message>
    <message>
        <source>In the middle</source>
        <translation>En el medio</translation>
    </message>
    <message>
        <source>At the front wall</source>
        <translation>En la pared delantera</translation>
    </message>
    <message>
        <source>In the floor</source>
        <translation>En el suelo</translation>
    </message>
    <message>
        <source>In the roof</source>
        <translation>En el techo</translation>
    </message>
    <message>
        <source>In a side wall</source>
        <translation>En una pared lateral</translation>
    </message>
    <message>
        <source>In the cartons</source>
        <translation>En las cajas</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::LaneModel</name>
    <message>
        <source>Tripped first: %1</source>
        <translation>Disparó primero: %1</translation>
    </message>
    <message>
        <source>Go and look</source>
        <translation>Ir a ver</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>Plaza %1</translation>
    </message>
    <message>
        <source>%1: fault</source>
        <translation>%1: fallo</translation>
    </message>
    <message>
        <source>%1: state not known</source>
        <translation>%1: estado desconocido</translation>
    </message>
    <message>
        <source>%1: needs attention</source>
        <translation>%1: requiere atención</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>plate %1</source>
        <translation>matrícula %1</translation>
    </message>
    <message>
        <source>No connection to the lane since %1</source>
        <translation>Sin conexión con la vía desde las %1</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Vía</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Sin conexión</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>desconocido</translation>
    </message>
    <message>
        <source>asked, granted</source>
        <translation>pedido, concedido</translation>
    </message>
    <message>
        <source>asked, not granted</source>
        <translation>pedido, no concedido</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>no pedido</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>parado</translation>
    </message>
    <message>
        <source>%1 mm/s back</source>
        <translation>%1 mm/s atrás</translation>
    </message>
    <message>
        <source>%1 mm/s</source>
        <translation>%1 mm/s</translation>
    </message>
    <message>
        <source>entry %1, %2</source>
        <translation>entr. %1, %2</translation>
    </message>
    <message>
        <source>exit %1, %2</source>
        <translation>sal. %1, %2</translation>
    </message>
    <message>
        <source>%1 µSv/h</source>
        <translation>%1 µSv/h</translation>
    </message>
    <message numerus="yes">
        <source>%n truck(s)</source>
        <translation>
            <numerusform>%n camión</numerusform>
            <numerusform>%n camiones</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 today</source>
        <translation>%1 hoy</translation>
    </message>
    <message>
        <source>
%1 s each</source>
        <translation>
%1 s cada uno</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n línea</numerusform>
            <numerusform>%n líneas</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, none lost</source>
        <translation>%1, ninguna perdida</translation>
    </message>
    <message>
        <source>%1, %2 lost</source>
        <translation>%1, %2 perdidas</translation>
    </message>
    <message>
        <source>%1 UTC</source>
        <translation>%1 UTC</translation>
    </message>
    <message>
        <source>%1 (gone)</source>
        <translation>%1 (desaparecida)</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::MarkModel</name>
    <message>
        <source>mark drawn</source>
        <translation>marca trazada</translation>
    </message>
    <message>
        <source>words written</source>
        <translation>texto escrito</translation>
    </message>
    <message>
        <source>mark taken away</source>
        <translation>marca quitada</translation>
    </message>
    <message>
        <source>along the line: highest %1 g/cm²</source>
        <translation>a lo largo de la línea: máx. %1 g/cm²</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::OfficeClient</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 no se puede leer: %2</translation>
    </message>
    <message>
        <source>%1 is larger than 8 MiB; take the photo smaller</source>
        <translation>%1 supera 8 MiB; haga la foto más pequeña</translation>
    </message>
    <message>
        <source>the folder %1 cannot be made; see portcullis-hmi --export-folder</source>
        <translation>no se puede crear la carpeta %1; véase portcullis-hmi --export-folder</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>no se puede escribir %1: %2</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::OperateController</name>
    <message>
        <source>%1 not accepted: %2</source>
        <translation>%1 no aceptado: %2</translation>
    </message>
    <message>
        <source>Answer to finding %1 not taken: %2</source>
        <translation>Respuesta al hallazgo %1 no aceptada: %2</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>No aceptado: %1</translation>
    </message>
    <message>
        <source>Decision not taken: %1</source>
        <translation>Decisión no aceptada: %1</translation>
    </message>
    <message>
        <source>Marks not kept: %1</source>
        <translation>Marcas no guardadas: %1</translation>
    </message>
    <message>
        <source>This lane has no bays</source>
        <translation>Esta vía no tiene plazas</translation>
    </message>
    <message>
        <source>Bay %1 is empty</source>
        <translation>La plaza %1 está vacía</translation>
    </message>
    <message>
        <source>Stop sent</source>
        <translation>Parada enviada</translation>
    </message>
    <message>
        <source>%1 not sent: no connection to the lane</source>
        <translation>%1 no enviado: sin conexión con la vía</translation>
    </message>
    <message>
        <source>%1 is not possible now: %2</source>
        <translation>%1 no es posible ahora: %2</translation>
    </message>
    <message>
        <source>No connection to the lane.</source>
        <translation>Sin conexión con la vía.</translation>
    </message>
    <message>
        <source>No case to decide.</source>
        <translation>Ningún caso por decidir.</translation>
    </message>
    <message>
        <source>The image is being worked on.</source>
        <translation>La imagen está en proceso.</translation>
    </message>
    <message>
        <source>This case is decided.</source>
        <translation>Este caso está decidido.</translation>
    </message>
    <message>
        <source>The image is being loaded.</source>
        <translation>Se carga la imagen.</translation>
    </message>
    <message>
        <source>The case cannot be read: it goes to hold by itself.</source>
        <translation>El caso no se puede leer: se retendrá por sí solo.</translation>
    </message>
    <message>
        <source>Answer both findings first.</source>
        <translation>Responda antes a los dos hallazgos.</translation>
    </message>
    <message numerus="yes">
        <source>Answer all %n finding(s) first.</source>
        <translation>
            <numerusform>Responda antes al hallazgo.</numerusform>
            <numerusform>Responda antes a los %n hallazgos.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a reason first.</source>
        <translation>Elija antes un motivo.</translation>
    </message>
    <message>
        <source>No connection to the lane: not sent.</source>
        <translation>Sin conexión con la vía: no enviado.</translation>
    </message>
    <message>
        <source>Your role does not decide cases.</source>
        <translation>Su función no decide casos.</translation>
    </message>
    <message>
        <source>Your role does not have this page.</source>
        <translation>Su función no tiene esta página.</translation>
    </message>
    <message>
        <source>No declarations to choose among</source>
        <translation>No hay declaraciones entre las que elegir</translation>
    </message>
    <message>
        <source>Whole vehicle</source>
        <translation>Vehículo entero</translation>
    </message>
    <message>
        <source>Choose the container first.</source>
        <translation>Elija primero el contenedor.</translation>
    </message>
    <message>
        <source>What you see was not taken: %1</source>
        <translation>Lo que ve no se registró: %1</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::PhotoModel</name>
    <message>
        <source>%1, %2 KiB</source>
        <translation>%1, %2 KiB</translation>
    </message>
    <message>
        <source>This photo cannot be shown.</source>
        <translation>Esta foto no se puede mostrar.</translation>
    </message>
    <message>
        <source>%1 (%2 of %3), by %4</source>
        <translation>%1 (%2 de %3), por %4</translation>
    </message>
    <message>
        <source>Being fetched</source>
        <translation>Cargándose</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::PrintModel</name>
    <message>
        <source>Not written: %1</source>
        <translation>No escrito: %1</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Escrito: %1</translation>
    </message>
    <message>
        <source>The report can be had when the case is decided: it shows every reading.</source>
        <translation>El informe se obtiene cuando el caso está decidido: muestra cada lectura.</translation>
    </message>
    <message>
        <source>The report is being made</source>
        <translation>El informe se está preparando</translation>
    </message>
    <message>
        <source>Not written: the image could not be drawn</source>
        <translation>No escrito: la imagen no se pudo dibujar</translation>
    </message>
    <message>
        <source>The picture is being written</source>
        <translation>La imagen se está escribiendo</translation>
    </message>
    <message>
        <source>SIMULATION  -  no radiation, no real vehicle</source>
        <translation>SIMULACIÓN  -  sin radiación, sin vehículo real</translation>
    </message>
    <message>
        <source>Case %1, scan %2</source>
        <translation>Caso %1, escaneo %2</translation>
    </message>
    <message>
        <source>%1: the standard image, unchanged</source>
        <translation>%1: imagen estándar, sin cambios</translation>
    </message>
    <message>
        <source>%1; changed: %2</source>
        <translation>%1; cambiado: %2</translation>
    </message>
    <message>
        <source>Exported %1 UTC by %2</source>
        <translation>Exportado %1 UTC por %2</translation>
    </message>
    <message>
        <source>Sent to the printer; also written: %1</source>
        <translation>Enviado a la impresora; también escrito: %1</translation>
    </message>
    <message>
        <source>Written: %1. Not printed: %2</source>
        <translation>Escrito: %1. No impreso: %2</translation>
    </message>
    <message>
        <source>the print command ended with %1</source>
        <translation>la orden de impresión terminó con %1</translation>
    </message>
    <message>
        <source>Being sent to the printer</source>
        <translation>Enviando a la impresora</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ProfileItem</name>
    <message>
        <source>no profile for this vehicle</source>
        <translation>sin perfil de este vehículo</translation>
    </message>
    <message>
        <source>%1 counts/s</source>
        <translation>%1 cuentas/s</translation>
    </message>
    <message>
        <source>%1 m from the front: %2</source>
        <translation>a %1 m del frente: %2</translation>
    </message>
    <message>
        <source>%1 to %2 counts/s</source>
        <translation>%1 a %2 cuentas/s</translation>
    </message>
    <message>
        <source>%1, background %2, alarm above %3</source>
        <translation>%1, fondo %2, alarma por encima de %3</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::QueueModel</name>
    <message>
        <source>No container number read</source>
        <translation>Sin número de contenedor leído</translation>
    </message>
    <message>
        <source>plate %1</source>
        <translation>matrícula %1</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>Sin decidir</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Decidido</translation>
    </message>
    <message>
        <source>No image yet</source>
        <translation>Aún sin imagen</translation>
    </message>
    <message>
        <source>all</source>
        <translation>todos</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>sin decidir</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>decidido</translation>
    </message>
    <message>
        <source>last 24 h</source>
        <translation>últimas 24 h</translation>
    </message>
    <message numerus="yes">
        <source>last %n day(s)</source>
        <translation>
            <numerusform>último día</numerusform>
            <numerusform>últimos %n días</numerusform>
        </translation>
    </message>
    <message>
        <source>State: %1</source>
        <translation>Estado: %1</translation>
    </message>
    <message>
        <source>Finding: %1</source>
        <translation>Hallazgo: %1</translation>
    </message>
    <message>
        <source>Time: %1</source>
        <translation>Período: %1</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Buscando</translation>
    </message>
    <message>
        <source>Not searched: %1</source>
        <translation>No se buscó: %1</translation>
    </message>
    <message>
        <source>No case is like that</source>
        <translation>Ningún caso coincide</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n of more case(s)</source>
        <translation>
            <numerusform>El caso más reciente de varios</numerusform>
            <numerusform>Los %n casos más recientes de varios</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n caso</numerusform>
            <numerusform>%n casos</numerusform>
        </translation>
    </message>
    <message>
        <source>older ones need a narrower time</source>
        <translation>los más antiguos requieren un período más corto</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ReferenceModel</name>
    <message>
        <source>Kept.</source>
        <translation>Guardado.</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>No aceptado: %1</translation>
    </message>
    <message>
        <source>an empty container</source>
        <translation>un contenedor vacío</translation>
    </message>
    <message>
        <source>goods of chapter %1</source>
        <translation>mercancías del capítulo %1</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Enviando</translation>
    </message>
    <message>
        <source>A supervisor keeps references.</source>
        <translation>Un supervisor guarda las referencias.</translation>
    </message>
    <message>
        <source>The case can be a reference when it is decided.</source>
        <translation>El caso puede ser referencia cuando esté decidido.</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ShownParts</name>
    <message>
        <source>%1 % of the cargo was never shown at 1:2 or closer.</source>
        <translation>%1 % de la carga no se ha mostrado nunca a 1:2 o más de cerca.</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::SuperviseModel</name>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 % (%2 to %3)</source>
        <translation>%1 % (%2 a %3)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 de %2</translation>
    </message>
    <message>
        <source>hits %1, false alarms %2</source>
        <translation>aciertos %1, falsas alarmas %2</translation>
    </message>
    <message>
        <source>held something: %1</source>
        <translation>contenía algo: %1</translation>
    </message>
    <message>
        <source>Open case</source>
        <translation>Caso abierto</translation>
    </message>
    <message>
        <source>Being read</source>
        <translation>En lectura</translation>
    </message>
    <message>
        <source>Bay</source>
        <translation>Plaza</translation>
    </message>
    <message>
        <source>Inspection without outcome</source>
        <translation>Inspección sin resultado</translation>
    </message>
    <message>
        <source>Shelved alarm</source>
        <translation>Alarma aplazada</translation>
    </message>
    <message>
        <source>Bypass</source>
        <translation>Puente</translation>
    </message>
    <message>
        <source>Unfit image</source>
        <translation>Imagen no apta</translation>
    </message>
    <message>
        <source>Not signed: %1</source>
        <translation>No firmado: %1</translation>
    </message>
    <message>
        <source>Signed by both and kept.</source>
        <translation>Firmado por ambos y guardado.</translation>
    </message>
    <message>
        <source>Both sign: two names and two passwords.</source>
        <translation>Ambos firman: dos nombres y dos contraseñas.</translation>
    </message>
    <message>
        <source>Being checked</source>
        <translation>Comprobándose</translation>
    </message>
    <message>
        <source>Being asked for</source>
        <translation>Solicitándose</translation>
    </message>
    <message>
        <source>No case waits</source>
        <translation>Ningún caso espera</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) wait, the oldest for %1</source>
        <translation>
            <numerusform>%n caso espera, desde hace %1</numerusform>
            <numerusform>%n casos esperan, el más antiguo desde hace %1</numerusform>
        </translation>
    </message>
    <message>
        <source>nobody reads it</source>
        <translation>nadie lo lee</translation>
    </message>
    <message>
        <source>read by %1</source>
        <translation>lo lee %1</translation>
    </message>
    <message>
        <source>median %1, 9 of 10 within %2, overridden %3</source>
        <translation>mediana %1, 9 de 10 en %2, revocadas %3</translation>
    </message>
    <message>
        <source>By finder</source>
        <translation>Por detector</translation>
    </message>
    <message>
        <source>By check that differed</source>
        <translation>Por comprobación que difiere</translation>
    </message>
    <message>
        <source>By reason of the referral</source>
        <translation>Por motivo del envío</translation>
    </message>
    <message>
        <source>By customs rule</source>
        <translation>Por regla de la aduana</translation>
    </message>
    <message>
        <source>Selected by customs</source>
        <translation>Seleccionado por la aduana</translation>
    </message>
    <message>
        <source>Drawn at random</source>
        <translation>Por sorteo</translation>
    </message>
    <message>
        <source>Read as release, opened</source>
        <translation>Leído como levante, abierto</translation>
    </message>
    <message>
        <source>Overridden</source>
        <translation>Revocado</translation>
    </message>
    <message>
        <source>open</source>
        <translation>abierto</translation>
    </message>
    <message>
        <source>closed by %1</source>
        <translation>cerrado por %1</translation>
    </message>
    <message>
        <source>Handover of the shift</source>
        <translation>Relevo del turno</translation>
    </message>
    <message>
        <source>Handover of the shift, as of %1</source>
        <translation>Relevo del turno, a las %1</translation>
    </message>
    <message>
        <source>None has been signed yet</source>
        <translation>Aún no se ha firmado ninguno</translation>
    </message>
    <message>
        <source>Last: %1, from %2 to %3</source>
        <translation>Último: %1, de %2 a %3</translation>
    </message>
    <message>
        <source>More scans than can be counted: the figures are of those since %1</source>
        <translation>Más escaneos de los que se pueden contar: las cifras son de los habidos desde %1</translation>
    </message>
    <message>
        <source>Read first: seen by the reader alone</source>
        <translation>Leído primero: visto solo por el lector</translation>
    </message>
    <message>
        <source>Read first: found by the machine</source>
        <translation>Leído primero: hallado por la máquina</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>%1 kg</source>
        <translation>%1 kg</translation>
    </message>
    <message numerus="yes">
        <source>%1 barrel(s)</source>
        <translation>
            <numerusform>%1 barril</numerusform>
            <numerusform>%1 barriles</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 bag(s)</source>
        <translation>
            <numerusform>%1 bolsa</numerusform>
            <numerusform>%1 bolsas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 box(es)</source>
        <translation>
            <numerusform>%1 caja</numerusform>
            <numerusform>%1 cajas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 crate(s)</source>
        <translation>
            <numerusform>%1 jaula</numerusform>
            <numerusform>%1 jaulas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 case(s)</source>
        <translation>
            <numerusform>%1 cajón</numerusform>
            <numerusform>%1 cajones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 carton(s)</source>
        <translation>
            <numerusform>%1 cartón</numerusform>
            <numerusform>%1 cartones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 drum(s)</source>
        <translation>
            <numerusform>%1 bidón</numerusform>
            <numerusform>%1 bidones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 packet(s)</source>
        <translation>
            <numerusform>%1 paquete</numerusform>
            <numerusform>%1 paquetes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 parcel(s)</source>
        <translation>
            <numerusform>%1 encomienda</numerusform>
            <numerusform>%1 encomiendas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 package(s)</source>
        <translation>
            <numerusform>%1 bulto</numerusform>
            <numerusform>%1 bultos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 pallet(s)</source>
        <translation>
            <numerusform>%1 palé</numerusform>
            <numerusform>%1 palés</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 roll(s)</source>
        <translation>
            <numerusform>%1 rollo</numerusform>
            <numerusform>%1 rollos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 sack(s)</source>
        <translation>
            <numerusform>%1 saco</numerusform>
            <numerusform>%1 sacos</numerusform>
        </translation>
    </message>
    <message>
        <source>too thin to say</source>
        <translation>demasiado delgado</translation>
    </message>
    <message>
        <source>organic</source>
        <translation>orgánico</translation>
    </message>
    <message>
        <source>light inorganic</source>
        <translation>inorgánico ligero</translation>
    </message>
    <message>
        <source>metal</source>
        <translation>metal</translation>
    </message>
    <message>
        <source>heavy metal</source>
        <translation>metal pesado</translation>
    </message>
    <message>
        <source>too thick to say</source>
        <translation>demasiado grueso</translation>
    </message>
    <message>
        <source>unknown class</source>
        <translation>clase desconocida</translation>
    </message>
    <message>
        <source>Small dense object</source>
        <translation>Objeto denso pequeño</translation>
    </message>
    <message>
        <source>Shielding</source>
        <translation>Blindaje</translation>
    </message>
    <message>
        <source>Concealed vehicle</source>
        <translation>Vehículo oculto</translation>
    </message>
    <message>
        <source>Hidden compartment</source>
        <translation>Compartimento oculto</translation>
    </message>
    <message>
        <source>False wall</source>
        <translation>Pared falsa</translation>
    </message>
    <message>
        <source>Anomalous region</source>
        <translation>Zona anómala</translation>
    </message>
    <message>
        <source>Material differs from declaration</source>
        <translation>El material difiere de lo declarado</translation>
    </message>
    <message>
        <source>Mass differs from declaration</source>
        <translation>La masa difiere de lo declarado</translation>
    </message>
    <message>
        <source>Not as empty as declared</source>
        <translation>No está vacío como se declaró</translation>
    </message>
    <message>
        <source>Count differs from declaration</source>
        <translation>La cantidad difiere de lo declarado</translation>
    </message>
    <message>
        <source>Radiation</source>
        <translation>Radiación</translation>
    </message>
    <message>
        <source>Image quality</source>
        <translation>Calidad de imagen</translation>
    </message>
    <message>
        <source>Mass</source>
        <translation>Masa</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Vacío</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>Material</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>Bultos</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identidad</translation>
    </message>
    <message>
        <source>Declaration</source>
        <translation>Declaración</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Levante</translation>
    </message>
    <message>
        <source>Documentary check</source>
        <translation>Control documental</translation>
    </message>
    <message>
        <source>Physical inspection</source>
        <translation>Inspección física</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Retener</translation>
    </message>
    <message>
        <source>Radiation secondary</source>
        <translation>Segundo control radiológico</translation>
    </message>
    <message>
        <source>Other agency</source>
        <translation>Otro organismo</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Volver a escanear</translation>
    </message>
    <message>
        <source>Isolate</source>
        <translation>Aislar</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>Levante concedido</translation>
    </message>
    <message>
        <source>Sent to documentary check</source>
        <translation>Enviado a control documental</translation>
    </message>
    <message>
        <source>Sent to physical inspection</source>
        <translation>Enviado a inspección física</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Retenido</translation>
    </message>
    <message>
        <source>Sent to radiation secondary</source>
        <translation>Enviado a segundo control radiológico</translation>
    </message>
    <message>
        <source>Handed to another agency</source>
        <translation>Entregado a otro organismo</translation>
    </message>
    <message>
        <source>To be scanned again</source>
        <translation>Por escanear de nuevo</translation>
    </message>
    <message>
        <source>Isolated</source>
        <translation>Aislado</translation>
    </message>
    <message>
        <source>Image agrees with the declaration</source>
        <translation>La imagen concuerda con la declaración</translation>
    </message>
    <message>
        <source>What was found belongs to the goods</source>
        <translation>Lo hallado pertenece a la mercancía</translation>
    </message>
    <message>
        <source>Documents explain the difference</source>
        <translation>Los documentos explican la diferencia</translation>
    </message>
    <message>
        <source>Empty, as declared</source>
        <translation>Vacío, como se declaró</translation>
    </message>
    <message>
        <source>Radiation measured by hand: harmless</source>
        <translation>Radiación medida a mano: inofensiva</translation>
    </message>
    <message>
        <source>No declaration, or an incomplete one</source>
        <translation>Declaración ausente o incompleta</translation>
    </message>
    <message>
        <source>Goods, mass or count differ</source>
        <translation>Difieren mercancía, masa o cantidad</translation>
    </message>
    <message>
        <source>Container, plate or seal differs</source>
        <translation>Difiere contenedor, matrícula o precinto</translation>
    </message>
    <message>
        <source>Suspect object or place in the image</source>
        <translation>Objeto o lugar sospechoso en la imagen</translation>
    </message>
    <message>
        <source>Part of the load cannot be judged</source>
        <translation>Parte de la carga no se puede juzgar</translation>
    </message>
    <message>
        <source>Container or vehicle looks altered</source>
        <translation>Contenedor o vehículo parece alterado</translation>
    </message>
    <message>
        <source>Second opinion wanted</source>
        <translation>Se desea segunda opinión</translation>
    </message>
    <message>
        <source>Waiting for documents</source>
        <translation>En espera de documentos</translation>
    </message>
    <message>
        <source>Waiting for an order</source>
        <translation>En espera de una orden</translation>
    </message>
    <message>
        <source>Alarm of the radiation portal</source>
        <translation>Alarma del pórtico de radiación</translation>
    </message>
    <message>
        <source>Shielding in the image</source>
        <translation>Blindaje en la imagen</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>Policía</translation>
    </message>
    <message>
        <source>Health, food or plant inspection</source>
        <translation>Inspección sanitaria, alimentaria o vegetal</translation>
    </message>
    <message>
        <source>Immigration</source>
        <translation>Inmigración</translation>
    </message>
    <message>
        <source>Dangerous goods</source>
        <translation>Mercancías peligrosas</translation>
    </message>
    <message>
        <source>Parts of the image are missing</source>
        <translation>Faltan partes de la imagen</translation>
    </message>
    <message>
        <source>The vehicle moved</source>
        <translation>El vehículo se movió</translation>
    </message>
    <message>
        <source>Not all of the vehicle was scanned</source>
        <translation>No se escaneó todo el vehículo</translation>
    </message>
    <message>
        <source>A person may be inside: stop, call, never open</source>
        <translation>Puede haber una persona: parar, avisar, no abrir</translation>
    </message>
    <message>
        <source>Explosive suspected: stop, call, never open</source>
        <translation>Posible explosivo: parar, avisar, no abrir</translation>
    </message>
    <message>
        <source>Drawn at random to be opened</source>
        <translation>Elegido al azar para ser abierto</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>Ingresos</translation>
    </message>
    <message>
        <source>Customs</source>
        <translation>Aduana</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>Mercancías</translation>
    </message>
</context>
</TS>
