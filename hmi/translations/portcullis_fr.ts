<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>AlarmList</name>
    <message>
        <source>All devices in order</source>
        <translation>Tous les appareils en ordre</translation>
    </message>
    <message>
        <source>Not as it should be: %1</source>
        <translation>Anomalies : %1</translation>
    </message>
    <message>
        <source>F2 or Esc closes</source>
        <translation>F2 ou Échap ferme</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Ensuite</translation>
    </message>
    <message>
        <source>Beam is not allowed because</source>
        <translation>Faisceau non autorisé car</translation>
    </message>
    <message>
        <source>Beam</source>
        <translation>Faisceau</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Mouvement</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Ronde</translation>
    </message>
    <message>
        <source>Doors, curtains</source>
        <translation>Portes, rideaux</translation>
    </message>
    <message>
        <source>Lights, barriers</source>
        <translation>Feux, barrières</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Portique</translation>
    </message>
    <message>
        <source>Driver panel</source>
        <translation>Panneau chauffeur</translation>
    </message>
</context>
<context>
    <name>AlarmStrip</name>
    <message>
        <source>+%1 more</source>
        <translation>+%1 autres</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>Ensuite : %1</translation>
    </message>
    <message>
        <source>Driver panel: %1</source>
        <translation>Panneau chauffeur : %1</translation>
    </message>
    <message>
        <source>All devices in order</source>
        <translation>Tous les appareils en ordre</translation>
    </message>
    <message>
        <source>Warm up</source>
        <translation>Chauffer</translation>
    </message>
    <message>
        <source>Calibrate</source>
        <translation>Étalonner</translation>
    </message>
</context>
<context>
    <name>AlarmTable</name>
    <message>
        <source>Cause: %1</source>
        <translation>Cause : %1</translation>
    </message>
    <message>
        <source>Consequence: %1</source>
        <translation>Conséquence : %1</translation>
    </message>
    <message>
        <source>To do: %1</source>
        <translation>À faire : %1</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Acquitter</translation>
    </message>
    <message>
        <source>Shelve, take off the shelf</source>
        <translation>Mettre de côté, remettre</translation>
    </message>
    <message>
        <source>for %1 min, because:</source>
        <translation>pendant %1 min, parce que :</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Search in the log</source>
        <translation>Chercher dans le journal</translation>
    </message>
</context>
<context>
    <name>BayList</name>
    <message>
        <source>Vehicles in the bays</source>
        <translation>Véhicules sur les places</translation>
    </message>
    <message>
        <source>Whatever the lane wants decided next</source>
        <translation>Le prochain cas à décider</translation>
    </message>
    <message>
        <source>%1   Bay %1: %2</source>
        <translation>%1   Place %1 : %2</translation>
    </message>
    <message>
        <source>for %1, by %2</source>
        <translation>depuis %1, par %2</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>BayStrip</name>
    <message>
        <source>Bay %1: %2 %3</source>
        <translation>Place %1 : %2 %3</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>Place %1</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>affiché</translation>
    </message>
</context>
<context>
    <name>ChainBadge</name>
    <message>
        <source>Not the standard image (S): %1</source>
        <translation>Pas l&apos;image standard (S) : %1</translation>
    </message>
</context>
<context>
    <name>ChecksCard</name>
    <message>
        <source>Scan against declaration</source>
        <translation>Image et déclaration</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>concorde</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>diffère</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>inconnu</translation>
    </message>
</context>
<context>
    <name>ComplaintCard</name>
    <message>
        <source>The image is unfit</source>
        <translation>L&apos;image est inutilisable</translation>
    </message>
    <message>
        <source>Opens a ticket for maintenance; the case is decided as before.</source>
        <translation>Ouvre un ticket de maintenance ; le cas se décide comme avant.</translation>
    </message>
    <message>
        <source>Words, if there are any</source>
        <translation>Des mots, s&apos;il y en a</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>DecisionCard</name>
    <message>
        <source>Reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>Remark, if needed (Tab)</source>
        <translation>Remarque, si besoin (Tab)</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Envoi</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirmer</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Decision on (← →)</source>
        <translation>Décision sur (← →)</translation>
    </message>
</context>
<context>
    <name>DecisionPanel</name>
    <message>
        <source>Physical inspection</source>
        <translation>Contrôle physique</translation>
    </message>
    <message>
        <source>Documentary check</source>
        <translation>Contrôle documentaire</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Retenir</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Mainlevée</translation>
    </message>
</context>
<context>
    <name>DeclarationCard</name>
    <message>
        <source>Which declaration holds</source>
        <translation>Quelle déclaration est la bonne</translation>
    </message>
    <message>
        <source>What it declares is compared with the image again, and customs are answered for it alone. The documents must tell.</source>
        <translation>Ce qu’elle déclare est comparé de nouveau à l’image, et la douane reçoit une réponse pour elle seule. Les documents doivent le dire.</translation>
    </message>
    <message>
        <source>%1; chosen before</source>
        <translation>%1 ; choisie auparavant</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Aucune de celles-ci</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Envoi</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Confirmer</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>FindingsCard</name>
    <message>
        <source>Agree</source>
        <translation>D&apos;accord</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>Accepté</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Rejeter</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>Rejeté</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Incertain</translation>
    </message>
    <message>
        <source>Nothing was marked in this image</source>
        <translation>Rien n&apos;a été signalé sur cette image</translation>
    </message>
    <message>
        <source>Read this image before the findings appear. What do you see?</source>
        <translation>Lisez cette image avant que les constats n&apos;apparaissent. Que voyez-vous ?</translation>
    </message>
    <message>
        <source>Marks that you draw on the image are kept with your answer.</source>
        <translation>Les marques que vous dessinez sur l&apos;image sont gardées avec votre réponse.</translation>
    </message>
    <message>
        <source>Nothing stands out</source>
        <translation>Rien ne ressort</translation>
    </message>
    <message>
        <source>Something stands out</source>
        <translation>Quelque chose ressort</translation>
    </message>
</context>
<context>
    <name>GoodsList</name>
    <message>
        <source>No declared goods</source>
        <translation>Pas de marchandises déclarées</translation>
    </message>
    <message>
        <source>Declared goods: %1</source>
        <translation>Marchandises déclarées : %1</translation>
    </message>
    <message>
        <source>G or Esc closes</source>
        <translation>G ou Échap ferme</translation>
    </message>
</context>
<context>
    <name>Histogram</name>
    <message>
        <source>Contrast from</source>
        <translation>Contraste de</translation>
    </message>
    <message>
        <source>Contrast to</source>
        <translation>Contraste à</translation>
    </message>
</context>
<context>
    <name>IdentityCard</name>
    <message numerus="yes">
        <source>%n more item(s)</source>
        <translation>
            <numerusform>%n article de plus</numerusform>
            <numerusform>%n articles de plus</numerusform>
        </translation>
    </message>
    <message>
        <source>Image: %1</source>
        <translation>Image : %1</translation>
    </message>
    <message>
        <source>Which declaration holds</source>
        <translation>Quelle déclaration est la bonne</translation>
    </message>
    <message>
        <source>Whose vehicle it is</source>
        <translation>À qui est ce véhicule</translation>
    </message>
</context>
<context>
    <name>IdentityEditCard</name>
    <message>
        <source>Whose vehicle is it?</source>
        <translation>À qui est ce véhicule ?</translation>
    </message>
    <message>
        <source>Type what stands on the box and the plate. What the cameras read stays with the case; declarations and checks are looked up anew once a second person has confirmed.</source>
        <translation>Tapez ce qui est écrit sur la caisse et la plaque. Ce que les caméras ont lu reste au dossier ; déclarations et contrôles sont refaits dès qu&apos;une seconde personne a confirmé.</translation>
    </message>
    <message>
        <source>Confirm this</source>
        <translation>Confirmer</translation>
    </message>
    <message>
        <source>Container, the front one of two</source>
        <translation>Conteneur, celui de devant s&apos;il y en a deux</translation>
    </message>
    <message>
        <source>Container behind it, if there is one</source>
        <translation>Conteneur derrière, s&apos;il y en a un</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>Plaque</translation>
    </message>
    <message>
        <source>It is this one</source>
        <translation>C&apos;est celui-ci</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>What the cameras read</source>
        <translation>Ce que les caméras ont lu</translation>
    </message>
    <message>
        <source>Type what this one read</source>
        <translation>Saisir ce que celle-ci a lu</translation>
    </message>
</context>
<context>
    <name>ImageArea</name>
    <message>
        <source>Standard</source>
        <translation>Standard</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>Matière</translation>
    </message>
    <message>
        <source>Metal</source>
        <translation>Métal</translation>
    </message>
    <message>
        <source>Organic</source>
        <translation>Organique</translation>
    </message>
    <message>
        <source>Both rows</source>
        <translation>Deux vues</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Contours</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Local</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>Inverse</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Outils</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Mesurer</translation>
    </message>
    <message>
        <source>standard, high energy</source>
        <translation>standard, haute énergie</translation>
    </message>
    <message>
        <source>material</source>
        <translation>matière</translation>
    </message>
    <message>
        <source>live, as the lines arrive</source>
        <translation>en direct, ligne par ligne</translation>
    </message>
    <message>
        <source>scan ended, the image is being worked on</source>
        <translation>scan terminé, image en cours de traitement</translation>
    </message>
    <message numerus="yes">
        <source>%n column(s)</source>
        <translation>
            <numerusform>%n colonne</numerusform>
            <numerusform>%n colonnes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 not shown</source>
        <translation>%1 non affichées</translation>
    </message>
    <message>
        <source>The image is being loaded</source>
        <translation>L&apos;image se charge</translation>
    </message>
    <message>
        <source>No scan yet</source>
        <translation>Pas encore de scan</translation>
    </message>
    <message>
        <source>Not connected to the lane</source>
        <translation>Pas de liaison avec la voie</translation>
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
        <translation>Une partie de l’image manque : %1</translation>
    </message>
    <message>
        <source>The image cannot be shown: %1</source>
        <translation>L’image ne peut être affichée : %1</translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>Back to the lane</source>
        <translation>Retour à la voie</translation>
    </message>
    <message>
        <source>Metres along the vehicle are exact; heights are sure to 18 %, and left and right cannot be told from one view. The doors are at the container&apos;s rear.</source>
        <translation>Les mètres le long du véhicule sont exacts ; les hauteurs sont sûres à 18 % près, et une seule vue ne distingue pas la gauche de la droite. Les portes sont à l&apos;arrière du conteneur.</translation>
    </message>
    <message>
        <source>No photos yet; choose one, or drop its file here.</source>
        <translation>Pas encore de photo ; choisissez-en une ou déposez son fichier ici.</translation>
    </message>
    <message>
        <source>Choose a photo</source>
        <translation>Choisir une photo</translation>
    </message>
    <message>
        <source>Old seal, as it was found</source>
        <translation>Ancien scellé, tel que trouvé</translation>
    </message>
    <message>
        <source>New seal, as it was put</source>
        <translation>Nouveau scellé, tel que posé</translation>
    </message>
    <message>
        <source>Keys away</source>
        <translation>Masquer le clavier</translation>
    </message>
    <message>
        <source>Touch keys</source>
        <translation>Clavier tactile</translation>
    </message>
    <message>
        <source>Being recorded</source>
        <translation>Enregistrement en cours</translation>
    </message>
    <message>
        <source>Record the outcome</source>
        <translation>Enregistrer le résultat</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>Aucun de ceux-ci</translation>
    </message>
</context>
<context>
    <name>LaneStrip</name>
    <message>
        <source>Beam</source>
        <translation>Faisceau</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>Mouvement</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Ronde</translation>
    </message>
    <message>
        <source>Doors, curtains</source>
        <translation>Portes, rideaux</translation>
    </message>
    <message>
        <source>Lights, barriers</source>
        <translation>Feux, barrières</translation>
    </message>
    <message>
        <source>Dose</source>
        <translation>Dose</translation>
    </message>
    <message>
        <source>Portal</source>
        <translation>Portique</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En attente</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Démarrer</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêt</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Réarmer</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Pages</translation>
    </message>
    <message>
        <source>Inspections</source>
        <translation>Contrôles</translation>
    </message>
    <message>
        <source>Supervise</source>
        <translation>Superviser</translation>
    </message>
</context>
<context>
    <name>LoginPage</name>
    <message>
        <source>Log in</source>
        <translation>Se connecter</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Mot de passe</translation>
    </message>
    <message>
        <source>Reason (only for the emergency account)</source>
        <translation>Motif (compte d&apos;urgence seulement)</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>Vérification</translation>
    </message>
    <message>
        <source>Stop (F8) works for everybody, logged in or not.</source>
        <translation>Arrêt (F8) marche pour tous, connectés ou non.</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Portcullis: %1</source>
        <translation>Portcullis : %1</translation>
    </message>
    <message>
        <source>SIMULATION  -  no radiation, no real vehicle</source>
        <translation>SIMULATION  -  pas de rayonnement, pas de véhicule réel</translation>
    </message>
</context>
<context>
    <name>MarkMenu</name>
    <message>
        <source>Measure and annotate</source>
        <translation>Mesurer et annoter</translation>
    </message>
    <message>
        <source>Choose, then drag on the image. Kept with the case.</source>
        <translation>Choisir, puis glisser sur l&apos;image. Gardé avec le cas.</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>Longueur</translation>
    </message>
    <message>
        <source>Goods in a box: area, density, mass, material</source>
        <translation>Cadre : surface, densité, masse, matière</translation>
    </message>
    <message>
        <source>Goods within a drawn line</source>
        <translation>Marchandises dans un tracé</translation>
    </message>
    <message>
        <source>Profile along a line</source>
        <translation>Profil le long d&apos;une ligne</translation>
    </message>
    <message>
        <source>Box with words</source>
        <translation>Cadre avec texte</translation>
    </message>
    <message>
        <source>Ellipse with words</source>
        <translation>Ellipse avec texte</translation>
    </message>
    <message>
        <source>Arrow with words</source>
        <translation>Flèche avec texte</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>MarkNote</name>
    <message>
        <source>Drag on the image; Esc leaves</source>
        <translation>Glisser sur l&apos;image ; Échap quitte</translation>
    </message>
    <message>
        <source>Words, then Enter</source>
        <translation>Texte, puis Entrée</translation>
    </message>
    <message>
        <source>Words of the mark</source>
        <translation>Texte de la marque</translation>
    </message>
</context>
<context>
    <name>MoreMenu</name>
    <message>
        <source>More decisions</source>
        <translation>Autres décisions</translation>
    </message>
    <message>
        <source>Radiation secondary: handheld first, unopened</source>
        <translation>Second contrôle radiologique : au portatif, sans ouvrir</translation>
    </message>
    <message>
        <source>Other agency</source>
        <translation>Autre service</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Rescanner</translation>
    </message>
    <message>
        <source>Isolate: stop, call, never open</source>
        <translation>Isoler : arrêter, appeler, ne jamais ouvrir</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>OutcomeRow</name>
    <message>
        <source>Nothing</source>
        <translation>Rien</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Trouvé</translation>
    </message>
    <message>
        <source>Not examined</source>
        <translation>Non examiné</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Ce qui a été trouvé</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Où</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>Combien</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Choisir</translation>
    </message>
</context>
<context>
    <name>PhotoStrip</name>
    <message>
        <source>cannot be shown</source>
        <translation>ne peut pas être affichée</translation>
    </message>
</context>
<context>
    <name>PhotoView</name>
    <message>
        <source>Photo before</source>
        <translation>Photo précédente</translation>
    </message>
    <message>
        <source>Next photo</source>
        <translation>Photo suivante</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Retour</translation>
    </message>
</context>
<context>
    <name>PrintCard</name>
    <message>
        <source>Print, export</source>
        <translation>Imprimer, exporter</translation>
    </message>
    <message>
        <source>Who took what out of here is kept in the audit log. Files go to %1</source>
        <translation>Le journal d’audit garde qui a sorti quoi d’ici. Les fichiers vont dans %1</translation>
    </message>
    <message>
        <source>Report of the case, as PDF</source>
        <translation>Rapport du dossier, en PDF</translation>
    </message>
    <message>
        <source>The image as it is shown, as PNG</source>
        <translation>L’image telle qu’affichée, en PNG</translation>
    </message>
    <message>
        <source>Report of the case, on paper</source>
        <translation>Rapport du dossier, sur papier</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>ProfileStrip</name>
    <message>
        <source>Radiation portal, gamma counts as the vehicle passed</source>
        <translation>Portique radiologique, coups gamma au passage du véhicule</translation>
    </message>
    <message>
        <source>Radiation portal, gamma counts along the vehicle</source>
        <translation>Portique radiologique, coups gamma le long du véhicule</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>the lane does not answer</source>
        <translation>la voie ne répond pas</translation>
    </message>
    <message>
        <source>no answer from the lane within 3 s</source>
        <translation>pas de réponse de la voie en 3 s</translation>
    </message>
    <message>
        <source>no answer from the lane in time</source>
        <translation>la voie n&apos;a pas répondu à temps</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Cases</source>
        <translation>Cas</translation>
    </message>
    <message>
        <source>F3 or Esc closes</source>
        <translation>F3 ou Échap ferme</translation>
    </message>
    <message>
        <source>Container, plate or declaration (Tab, then Enter)</source>
        <translation>Conteneur, plaque ou déclaration (Tab, puis Entrée)</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Pas d&apos;image</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Afficher</translation>
    </message>
</context>
<context>
    <name>RatesPanel</name>
    <message>
        <source>Found in what was opened, with 95 % intervals</source>
        <translation>Trouvé dans ce qui a été ouvert, avec intervalles à 95 %</translation>
    </message>
    <message>
        <source>nothing was opened yet</source>
        <translation>rien n&apos;a encore été ouvert</translation>
    </message>
</context>
<context>
    <name>ReferenceCard</name>
    <message>
        <source>Keep as a reference</source>
        <translation>Garder comme référence</translation>
    </message>
    <message>
        <source>Others are compared with it (Ctrl E). Choose what it shows as it ought to be:</source>
        <translation>D’autres lui sont comparés (Ctrl E). Choisissez ce qu’il montre tel que cela doit être :</translation>
    </message>
    <message>
        <source>no reference any more</source>
        <translation>n’est plus une référence</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>Quitter</translation>
    </message>
</context>
<context>
    <name>SearchedNote</name>
    <message>
        <source>From the search, not the lane&apos;s current case</source>
        <translation>Issu de la recherche, pas le cas actuel de la voie</translation>
    </message>
    <message>
        <source>Back to the lane</source>
        <translation>Retour à la voie</translation>
    </message>
</context>
<context>
    <name>ShortcutSheet</name>
    <message>
        <source>Keys</source>
        <translation>Touches</translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation>Échap ferme</translation>
    </message>
</context>
<context>
    <name>SupervisePage</name>
    <message>
        <source>Today</source>
        <translation>Aujourd&apos;hui</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 jours</translation>
    </message>
    <message>
        <source>31 days</source>
        <translation>31 jours</translation>
    </message>
    <message>
        <source>Back to the lane</source>
        <translation>Retour à la voie</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>File d&apos;attente</translation>
    </message>
    <message>
        <source>No case waits</source>
        <translation>Aucun cas en attente</translation>
    </message>
    <message>
        <source>Readings of each analyst, time on the image</source>
        <translation>Lectures de chaque analyste, temps sur l&apos;image</translation>
    </message>
    <message>
        <source>Nobody has read a case</source>
        <translation>Personne n&apos;a lu de cas</translation>
    </message>
    <message>
        <source>Overrides, missing outcomes, unfit images</source>
        <translation>Décisions annulées, résultats manquants, images inutilisables</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Rien</translation>
    </message>
    <message>
        <source>Lists what is open, for both to sign: cases, readers, bays, alarms, bypasses, devices.</source>
        <translation>Liste ce qui reste ouvert, à signer par les deux : cas, lecteurs, places, alarmes, dérivations, appareils.</translation>
    </message>
    <message>
        <source>A supervisor&apos;s account is needed to hand over.</source>
        <translation>Il faut un compte de superviseur pour passer la relève.</translation>
    </message>
    <message>
        <source>Password of %1, who hands over</source>
        <translation>Mot de passe de %1, qui passe la relève</translation>
    </message>
    <message>
        <source>Name of who takes over</source>
        <translation>Nom de qui prend la relève</translation>
    </message>
    <message>
        <source>Password of who takes over</source>
        <translation>Mot de passe de qui prend la relève</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>Remarque</translation>
    </message>
    <message>
        <source>List anew</source>
        <translation>Nouvelle liste</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Passer la relève</translation>
    </message>
    <message>
        <source>Both sign</source>
        <translation>Les deux signent</translation>
    </message>
</context>
<context>
    <name>ToolPanel</name>
    <message>
        <source>Contrast, attenuation %1 to %2</source>
        <translation>Contraste, atténuation de %1 à %2</translation>
    </message>
    <message>
        <source>Whole range</source>
        <translation>Toute la plage</translation>
    </message>
    <message>
        <source>Logarithm</source>
        <translation>Logarithme</translation>
    </message>
    <message>
        <source>High penetration</source>
        <translation>Forte pénétr.</translation>
    </message>
    <message>
        <source>Low penetration</source>
        <translation>Faible pénétr.</translation>
    </message>
    <message>
        <source>Gamma %1</source>
        <translation>Gamma %1</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Contours</translation>
    </message>
    <message>
        <source>Local contrast</source>
        <translation>Contraste local</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>Inverse</translation>
    </message>
    <message>
        <source>Less noise</source>
        <translation>Moins de bruit</translation>
    </message>
    <message>
        <source>Heavy metal</source>
        <translation>Métal lourd</translation>
    </message>
    <message>
        <source>Low energy</source>
        <translation>Basse énergie</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Couleurs</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>Balayage</translation>
    </message>
    <message>
        <source>Loupe</source>
        <translation>Loupe</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Vue d&apos;ensemble</translation>
    </message>
    <message>
        <source>Standard image</source>
        <translation>Image standard</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rétablir</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>Print, export</source>
        <translation>Imprimer, exporter</translation>
    </message>
    <message>
        <source>Image unfit</source>
        <translation>Image inutilisable</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Comparer</translation>
    </message>
</context>
<context>
    <name>TouchKeys</name>
    <message>
        <source>QWERTYUIOP ASDFGHJKL ZXCVBNM</source>
        <extracomment>Letters as on a keyboard of the language: three rows, separated by blanks</extracomment>
        <translation>AZERTYUIOP QSDFGHJKLM WXCVBN</translation>
    </message>
    <message>
        <source>Blank</source>
        <translation>Espace</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Effacer</translation>
    </message>
</context>
<context>
    <name>actions</name>
    <message>
        <source>standard + material</source>
        <translation>standard + matière</translation>
    </message>
    <message>
        <source>standard, high energy</source>
        <translation>standard, haute énergie</translation>
    </message>
    <message>
        <source>material</source>
        <translation>matière</translation>
    </message>
    <message>
        <source>metal only</source>
        <translation>métal seul</translation>
    </message>
    <message>
        <source>organic only</source>
        <translation>organique seul</translation>
    </message>
    <message>
        <source>hot metal</source>
        <translation>métal chaud</translation>
    </message>
    <message>
        <source>ice</source>
        <translation>glace</translation>
    </message>
    <message>
        <source>cube helix</source>
        <translation>cube helix</translation>
    </message>
    <message>
        <source>rainbow</source>
        <translation>arc-en-ciel</translation>
    </message>
    <message>
        <source>low energy alone</source>
        <translation>basse énergie seule</translation>
    </message>
    <message>
        <source>edges</source>
        <translation>contours</translation>
    </message>
    <message>
        <source>local contrast</source>
        <translation>contraste local</translation>
    </message>
    <message>
        <source>noise taken down</source>
        <translation>bruit réduit</translation>
    </message>
    <message>
        <source>inverse</source>
        <translation>inverse</translation>
    </message>
    <message>
        <source>heavy metal marked</source>
        <translation>métal lourd marqué</translation>
    </message>
    <message>
        <source>whole range</source>
        <translation>toute la plage</translation>
    </message>
    <message>
        <source>high penetration</source>
        <translation>forte pénétration</translation>
    </message>
    <message>
        <source>low penetration</source>
        <translation>faible pénétration</translation>
    </message>
    <message>
        <source>plain logarithm</source>
        <translation>logarithme simple</translation>
    </message>
    <message>
        <source>Stop: beam and motion off, always</source>
        <translation>Arrêt : faisceau et mouvement coupés, toujours</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Voie</translation>
    </message>
    <message>
        <source>Start the scan of the vehicle in the lane</source>
        <translation>Démarrer le scan du véhicule dans la voie</translation>
    </message>
    <message>
        <source>Reset faults whose cause is gone</source>
        <translation>Réarmer les défauts dont la cause a disparu</translation>
    </message>
    <message>
        <source>Warm the source up</source>
        <translation>Chauffer la source</translation>
    </message>
    <message>
        <source>Calibrate: dark and air</source>
        <translation>Étalonner : obscurité et air</translation>
    </message>
    <message>
        <source>Alarms and the lane&apos;s facts in full</source>
        <translation>Alarmes et faits de la voie en entier</translation>
    </message>
    <message>
        <source>Standard image</source>
        <translation>Image standard</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Image</translation>
    </message>
    <message>
        <source>Material in colour</source>
        <translation>Matière en couleur</translation>
    </message>
    <message>
        <source>Metal only</source>
        <translation>Métal seul</translation>
    </message>
    <message>
        <source>Organic only</source>
        <translation>Organique seul</translation>
    </message>
    <message>
        <source>High penetration: behind much material</source>
        <translation>Forte pénétration : derrière beaucoup de matière</translation>
    </message>
    <message>
        <source>Low penetration: thin goods</source>
        <translation>Faible pénétration : marchandises minces</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Contours</translation>
    </message>
    <message>
        <source>Local contrast</source>
        <translation>Contraste local</translation>
    </message>
    <message>
        <source>Inverse</source>
        <translation>Inverse</translation>
    </message>
    <message>
        <source>Both rows: standard above material</source>
        <translation>Deux vues : standard au-dessus de matière</translation>
    </message>
    <message>
        <source>Standard image: everything else off</source>
        <translation>Image standard : tout le reste désactivé</translation>
    </message>
    <message>
        <source>While held: the standard image</source>
        <translation>Maintenue : l&apos;image standard</translation>
    </message>
    <message>
        <source>Image tools, histogram, history</source>
        <translation>Outils d&apos;image, histogramme, historique</translation>
    </message>
    <message>
        <source>Low energy alone</source>
        <translation>Basse énergie seule</translation>
    </message>
    <message>
        <source>Mark heavy metal</source>
        <translation>Marquer le métal lourd</translation>
    </message>
    <message>
        <source>Take noise down</source>
        <translation>Réduire le bruit</translation>
    </message>
    <message>
        <source>Colours, one after another</source>
        <translation>Couleurs, l&apos;une après l&apos;autre</translation>
    </message>
    <message>
        <source>Plain logarithm</source>
        <translation>Logarithme simple</translation>
    </message>
    <message>
        <source>Gamma down</source>
        <translation>Gamma moins</translation>
    </message>
    <message>
        <source>Gamma up</source>
        <translation>Gamma plus</translation>
    </message>
    <message>
        <source>Sweep through all densities; again: stay there</source>
        <translation>Balayer les densités ; encore : s&apos;arrêter</translation>
    </message>
    <message>
        <source>Loupe at the cursor</source>
        <translation>Loupe au curseur</translation>
    </message>
    <message>
        <source>Overview with the part in sight</source>
        <translation>Vue d&apos;ensemble avec la partie visible</translation>
    </message>
    <message>
        <source>Measure, annotate: length, goods, profile, box, text</source>
        <translation>Mesurer, annoter : longueur, marchandises, texte</translation>
    </message>
    <message>
        <source>Take the newest mark away</source>
        <translation>Retirer la dernière marque</translation>
    </message>
    <message>
        <source>Undo on the image</source>
        <translation>Annuler sur l&apos;image</translation>
    </message>
    <message>
        <source>Redo on the image</source>
        <translation>Rétablir sur l&apos;image</translation>
    </message>
    <message>
        <source>Closer (also the wheel, about the cursor)</source>
        <translation>Plus près (aussi la molette, au curseur)</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>Plus loin</translation>
    </message>
    <message>
        <source>Whole vehicle</source>
        <translation>Véhicule entier</translation>
    </message>
    <message>
        <source>Contrast as it was (right button drags it)</source>
        <translation>Contraste initial (glisser bouton droit)</translation>
    </message>
    <message>
        <source>Move left (also by dragging)</source>
        <translation>À gauche (aussi en glissant)</translation>
    </message>
    <message>
        <source>Move right</source>
        <translation>À droite</translation>
    </message>
    <message>
        <source>Move up; in a card: reason before</source>
        <translation>En haut ; dans une carte : motif précédent</translation>
    </message>
    <message>
        <source>Move down; in a card: next reason</source>
        <translation>En bas ; dans une carte : motif suivant</translation>
    </message>
    <message>
        <source>Agree with the finding</source>
        <translation>Accepter le signalement</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Signalements</translation>
    </message>
    <message>
        <source>Reject the finding</source>
        <translation>Rejeter le signalement</translation>
    </message>
    <message>
        <source>Unsure about the finding</source>
        <translation>Incertain sur le signalement</translation>
    </message>
    <message>
        <source>Next finding</source>
        <translation>Signalement suivant</translation>
    </message>
    <message>
        <source>Finding before</source>
        <translation>Signalement précédent</translation>
    </message>
    <message>
        <source>All declared goods</source>
        <translation>Toutes les marchandises déclarées</translation>
    </message>
    <message>
        <source>Vehicles in the bays: choose whose case is shown</source>
        <translation>Véhicules sur les places : choisir le cas affiché</translation>
    </message>
    <message>
        <source>Physical inspection: opens its card</source>
        <translation>Contrôle physique : ouvre sa carte</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Décision</translation>
    </message>
    <message>
        <source>Documentary check: opens its card</source>
        <translation>Contrôle documentaire : ouvre sa carte</translation>
    </message>
    <message>
        <source>Hold: opens its card</source>
        <translation>Retenir : ouvre sa carte</translation>
    </message>
    <message>
        <source>Release: opens its card</source>
        <translation>Mainlevée : ouvre sa carte</translation>
    </message>
    <message>
        <source>More decisions, Isolate among them</source>
        <translation>Autres décisions, dont Isoler</translation>
    </message>
    <message>
        <source>Confirm the open card</source>
        <translation>Confirmer la carte ouverte</translation>
    </message>
    <message>
        <source>Leave the card, the field or this sheet</source>
        <translation>Quitter la carte, le champ ou cette feuille</translation>
    </message>
    <message>
        <source>Language of the screen</source>
        <translation>Langue de l&apos;écran</translation>
    </message>
    <message>
        <source>This sheet</source>
        <translation>Cette feuille</translation>
    </message>
    <message>
        <source>Lock the screen: log out</source>
        <translation>Verrouiller l&apos;écran : se déconnecter</translation>
    </message>
    <message>
        <source>Cases: queue and search</source>
        <translation>Cas : file et recherche</translation>
    </message>
    <message>
        <source>Inspections: what was found in opened vehicles</source>
        <translation>Contrôles : ce qui a été trouvé dans les véhicules ouverts</translation>
    </message>
    <message>
        <source>Supervise: queue, load, rates, handover</source>
        <translation>Superviser : file, charge, taux, relève</translation>
    </message>
    <message>
        <source>Image unfit: a ticket for maintenance</source>
        <translation>Image inutilisable : un ticket de maintenance</translation>
    </message>
    <message>
        <source>Compare with the scan before</source>
        <translation>Comparer au scan d&apos;avant</translation>
    </message>
    <message>
        <source>Compare with the scan after</source>
        <translation>Comparer au scan d&apos;après</translation>
    </message>
    <message>
        <source>Print, export: the case&apos;s report, the image as shown</source>
        <translation>Imprimer, exporter : le rapport du dossier, l’image affichée</translation>
    </message>
    <message>
        <source>Earlier scan or reference: below, blinking, by a line</source>
        <translation>Scan antérieur ou référence : dessous, en alternance, par une ligne</translation>
    </message>
    <message>
        <source>Keep as a reference to compare with</source>
        <translation>Garder comme référence de comparaison</translation>
    </message>
    <message>
        <source>Which of several declarations holds</source>
        <translation>Quelle déclaration est la bonne parmi plusieurs</translation>
    </message>
    <message>
        <source>Before the findings: nothing stands out</source>
        <translation>Avant les constats : rien ne ressort</translation>
    </message>
    <message>
        <source>Before the findings: something stands out</source>
        <translation>Avant les constats : quelque chose ressort</translation>
    </message>
    <message>
        <source>Whose vehicle it is: correct plate and numbers, confirm</source>
        <translation>À qui est le véhicule : corriger plaque et numéros, confirmer</translation>
    </message>
</context>
<context>
    <name>alarms</name>
    <message>
        <source>Known, is being repaired</source>
        <translation>Connu, en réparation</translation>
    </message>
    <message>
        <source>Comes and goes without cause</source>
        <translation>Va et vient sans cause</translation>
    </message>
    <message>
        <source>Maintenance or test under way</source>
        <translation>Maintenance ou essai en cours</translation>
    </message>
    <message>
        <source>Part is out of use on purpose</source>
        <translation>Élément mis hors service exprès</translation>
    </message>
</context>
<context>
    <name>lane</name>
    <message>
        <source>START</source>
        <translation>Démarrer</translation>
    </message>
    <message>
        <source>STOP</source>
        <translation>Arrêt</translation>
    </message>
    <message>
        <source>RESET</source>
        <translation>Réarmer</translation>
    </message>
    <message>
        <source>WARM_UP</source>
        <translation>Chauffer</translation>
    </message>
    <message>
        <source>CALIBRATE</source>
        <translation>Étalonner</translation>
    </message>
    <message>
        <source>PLC</source>
        <translation>Automate</translation>
    </message>
    <message>
        <source>PLC link</source>
        <translation>Liaison automate</translation>
    </message>
    <message>
        <source>X-ray source</source>
        <translation>Source X</translation>
    </message>
    <message>
        <source>X-ray source details</source>
        <translation>Détails de la source X</translation>
    </message>
    <message>
        <source>Detector</source>
        <translation>Détecteur</translation>
    </message>
    <message>
        <source>Detector details</source>
        <translation>Détails du détecteur</translation>
    </message>
    <message>
        <source>Radiation portal</source>
        <translation>Portique radiologique</translation>
    </message>
    <message>
        <source>Portal details</source>
        <translation>Détails du portique</translation>
    </message>
    <message>
        <source>Recorder</source>
        <translation>Enregistreur</translation>
    </message>
    <message>
        <source>Customs gateway</source>
        <translation>Passerelle douane</translation>
    </message>
    <message>
        <source>Image worker</source>
        <translation>Traitement d&apos;image</translation>
    </message>
    <message>
        <source>Audit log</source>
        <translation>Journal d&apos;audit</translation>
    </message>
    <message>
        <source>Real time</source>
        <translation>Temps réel</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>non relié</translation>
    </message>
    <message>
        <source>not connected yet</source>
        <translation>pas encore relié</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>pas prêt</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>arrêté</translation>
    </message>
    <message>
        <source>not in mode running</source>
        <translation>pas en mode marche</translation>
    </message>
    <message>
        <source>not calibrated</source>
        <translation>non étalonné</translation>
    </message>
    <message>
        <source>warming up</source>
        <translation>en chauffe</translation>
    </message>
    <message>
        <source>measuring</source>
        <translation>mesure</translation>
    </message>
    <message>
        <source>data are stale</source>
        <translation>données périmées</translation>
    </message>
    <message>
        <source>heartbeat stands still</source>
        <translation>battement arrêté</translation>
    </message>
    <message>
        <source>the source reports a fault</source>
        <translation>la source signale un défaut</translation>
    </message>
    <message>
        <source>no answer for %1 s</source>
        <translation>pas de réponse depuis %1 s</translation>
    </message>
    <message>
        <source>fault word %1</source>
        <translation>mot de défaut %1</translation>
    </message>
    <message>
        <source>memory locked</source>
        <translation>mémoire verrouillée</translation>
    </message>
    <message>
        <source>memory not locked, as configured</source>
        <translation>mémoire non verrouillée, comme configuré</translation>
    </message>
    <message>
        <source>no customs link is configured</source>
        <translation>aucune liaison douane n&apos;est configurée</translation>
    </message>
    <message>
        <source>the customs gateway does not answer</source>
        <translation>la passerelle douane ne répond pas</translation>
    </message>
    <message>
        <source>the customs gateway gave no answer when the scan was judged</source>
        <translation>la passerelle douane n&apos;a pas répondu lors du jugement du scan</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>entrées : %1</translation>
    </message>
    <message>
        <source>%1 declarations</source>
        <translation>déclarations : %1</translation>
    </message>
    <message>
        <source>no answer; scans go on, declarations and answers wait (%1)</source>
        <translation>pas de réponse ; les scans continuent, déclarations et réponses attendent (%1)</translation>
    </message>
    <message>
        <source>not configured; findings are made in the lane&apos;s own process</source>
        <translation>non configuré ; les signalements se font dans le processus de la voie</translation>
    </message>
    <message>
        <source>on</source>
        <translation>en marche</translation>
    </message>
    <message>
        <source>off</source>
        <translation>arrêté</translation>
    </message>
    <message>
        <source>red</source>
        <translation>rouge</translation>
    </message>
    <message>
        <source>green</source>
        <translation>vert</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouverte</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>fermée</translation>
    </message>
    <message>
        <source>moving</source>
        <translation>en mouvement</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>terminée</translation>
    </message>
    <message>
        <source>not complete</source>
        <translation>non terminée</translation>
    </message>
    <message>
        <source>real</source>
        <translation>réel</translation>
    </message>
    <message>
        <source>simulated</source>
        <translation>simulé</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>PLC %1, source %2, detector %3, portal %4</source>
        <translation>automate %1, source %2, détecteur %3, portique %4</translation>
    </message>
    <message>
        <source>Off: the key is not at on</source>
        <translation>Arrêt : la clé n&apos;est pas sur marche</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>Autotest</translation>
    </message>
    <message>
        <source>Source warming up</source>
        <translation>La source chauffe</translation>
    </message>
    <message>
        <source>Calibrating: the area is being closed</source>
        <translation>Étalonnage : fermeture de la zone</translation>
    </message>
    <message>
        <source>Calibrating: dark, no beam</source>
        <translation>Étalonnage : obscurité, sans faisceau</translation>
    </message>
    <message>
        <source>Calibrating: warning before beam</source>
        <translation>Étalonnage : avertissement avant faisceau</translation>
    </message>
    <message>
        <source>Calibrating: air, beam on</source>
        <translation>Étalonnage : air, faisceau en marche</translation>
    </message>
    <message>
        <source>Idle, lane empty</source>
        <translation>Au repos, voie vide</translation>
    </message>
    <message>
        <source>A vehicle drives in</source>
        <translation>Un véhicule entre</translation>
    </message>
    <message>
        <source>Vehicle in the tunnel, being identified</source>
        <translation>Véhicule dans le tunnel, identification</translation>
    </message>
    <message>
        <source>Vehicle waits to be scanned</source>
        <translation>Le véhicule attend le scan</translation>
    </message>
    <message>
        <source>Warning, gantry returns to its start</source>
        <translation>Avertissement, le portique revient au départ</translation>
    </message>
    <message>
        <source>Warning before the scan</source>
        <translation>Avertissement avant le scan</translation>
    </message>
    <message>
        <source>Warning, the vehicle drives on</source>
        <translation>Avertissement, le véhicule avance</translation>
    </message>
    <message>
        <source>Warning, gantry gathers speed</source>
        <translation>Avertissement, le portique prend de la vitesse</translation>
    </message>
    <message>
        <source>Scanning, the vehicle drives through</source>
        <translation>Scan, le véhicule traverse</translation>
    </message>
    <message>
        <source>Scanning, gantry moving back</source>
        <translation>Scan, portique en arrière</translation>
    </message>
    <message>
        <source>Scanning, gantry moving forward</source>
        <translation>Scan, portique en avant</translation>
    </message>
    <message>
        <source>Scan ends, last lines are stored</source>
        <translation>Fin du scan, dernières lignes enregistrées</translation>
    </message>
    <message>
        <source>Image in review</source>
        <translation>Image en examen</translation>
    </message>
    <message>
        <source>Vehicle released</source>
        <translation>Véhicule libéré</translation>
    </message>
    <message>
        <source>Vehicle goes to wait in bay %1</source>
        <translation>Le véhicule va attendre sur la place %1</translation>
    </message>
    <message>
        <source>Vehicle to be scanned again</source>
        <translation>Véhicule à rescanner</translation>
    </message>
    <message>
        <source>Vehicle isolated</source>
        <translation>Véhicule isolé</translation>
    </message>
    <message>
        <source>Vehicle held for inspection</source>
        <translation>Véhicule retenu pour contrôle</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Arrêté</translation>
    </message>
    <message>
        <source>Fault latched</source>
        <translation>Défaut mémorisé</translation>
    </message>
    <message>
        <source>Maintenance</source>
        <translation>Maintenance</translation>
    </message>
    <message>
        <source>turn the key to on</source>
        <translation>mettre la clé sur marche</translation>
    </message>
    <message>
        <source>waiting for fresh data of the PLC</source>
        <translation>attente de données fraîches de l&apos;automate</translation>
    </message>
    <message>
        <source>waiting for the PLC&apos;s heartbeat</source>
        <translation>attente du battement de l&apos;automate</translation>
    </message>
    <message>
        <source>waiting for the PLC to confirm commands</source>
        <translation>attente de la confirmation des ordres par l&apos;automate</translation>
    </message>
    <message>
        <source>waiting for the X-ray source</source>
        <translation>attente de la source X</translation>
    </message>
    <message>
        <source>waiting for the detector</source>
        <translation>attente du détecteur</translation>
    </message>
    <message>
        <source>beam is sensed, or its sensor is not trusted</source>
        <translation>faisceau détecté, ou capteur non fiable</translation>
    </message>
    <message>
        <source>waiting for the record of the last scan to be closed</source>
        <translation>attente de la clôture de l&apos;enregistrement du dernier scan</translation>
    </message>
    <message>
        <source>self-test passed</source>
        <translation>autotest réussi</translation>
    </message>
    <message>
        <source>self-test passed; the operator starts the warm-up</source>
        <translation>autotest réussi ; l&apos;opérateur lance la chauffe</translation>
    </message>
    <message>
        <source>waiting for the source to be ready</source>
        <translation>attente que la source soit prête</translation>
    </message>
    <message>
        <source>calibration is under way</source>
        <translation>étalonnage en cours</translation>
    </message>
    <message>
        <source>the detector is not calibrated: calibrate</source>
        <translation>le détecteur n&apos;est pas étalonné : étalonner</translation>
    </message>
    <message>
        <source>last time: %1</source>
        <translation>la dernière fois : %1</translation>
    </message>
    <message>
        <source>no bay is free: the entry stays red until a vehicle has left its bay</source>
        <translation>aucune place libre : l&apos;entrée reste rouge tant qu&apos;aucun véhicule n&apos;a quitté la sienne</translation>
    </message>
    <message>
        <source>ready for a vehicle</source>
        <translation>prêt pour un véhicule</translation>
    </message>
    <message>
        <source>the vehicle drives on to its place</source>
        <translation>le véhicule avance jusqu&apos;à sa place</translation>
    </message>
    <message>
        <source>the driver stays in the cab; the entry closes</source>
        <translation>le chauffeur reste en cabine ; l&apos;entrée se ferme</translation>
    </message>
    <message>
        <source>the entry closes</source>
        <translation>l&apos;entrée se ferme</translation>
    </message>
    <message>
        <source>the driver stops the engine and leaves the cab</source>
        <translation>le chauffeur coupe le moteur et quitte la cabine</translation>
    </message>
    <message>
        <source>ready: Start begins the scan</source>
        <translation>prêt : Démarrer lance le scan</translation>
    </message>
    <message>
        <source>the scan before ended: %1</source>
        <translation>fin du scan précédent : %1</translation>
    </message>
    <message>
        <source>the driver drives on; beam follows once the cab is past it</source>
        <translation>le chauffeur avance ; le faisceau suit après le passage de la cabine</translation>
    </message>
    <message>
        <source>motion and beam follow after the warning</source>
        <translation>mouvement et faisceau suivent l&apos;avertissement</translation>
    </message>
    <message>
        <source>the scan ends when the vehicle is past the beam</source>
        <translation>le scan finit quand le véhicule a passé le faisceau</translation>
    </message>
    <message>
        <source>the scan ends at the end of the gantry&apos;s travel</source>
        <translation>le scan finit au bout de la course du portique</translation>
    </message>
    <message>
        <source>the image comes for review</source>
        <translation>l&apos;image arrive pour examen</translation>
    </message>
    <message>
        <source>an officer decides</source>
        <translation>un agent décide</translation>
    </message>
    <message>
        <source>the driver returns to the cab</source>
        <translation>le chauffeur remonte en cabine</translation>
    </message>
    <message>
        <source>the exit opens</source>
        <translation>la sortie s&apos;ouvre</translation>
    </message>
    <message>
        <source>the vehicle drives to bay %1</source>
        <translation>le véhicule va à la place %1</translation>
    </message>
    <message>
        <source>the vehicle drives on</source>
        <translation>le véhicule avance</translation>
    </message>
    <message>
        <source>the vehicle drives round to be scanned again</source>
        <translation>le véhicule fait le tour pour être rescanné</translation>
    </message>
    <message>
        <source>the vehicle goes to the inspection place</source>
        <translation>le véhicule va au lieu de contrôle</translation>
    </message>
    <message>
        <source>isolated: do not open; another decision is needed to move the vehicle</source>
        <translation>isolé : ne pas ouvrir ; une autre décision est nécessaire pour déplacer le véhicule</translation>
    </message>
    <message>
        <source>reset is under way</source>
        <translation>réarmement en cours</translation>
    </message>
    <message>
        <source>cause gone: reset</source>
        <translation>cause disparue : réarmer</translation>
    </message>
    <message>
        <source>maintenance is ended by command</source>
        <translation>la maintenance se termine sur ordre</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Arrêtez</translation>
    </message>
    <message>
        <source>Engine off</source>
        <translation>Coupez le moteur</translation>
    </message>
    <message>
        <source>Leave the cab</source>
        <translation>Quittez la cabine</translation>
    </message>
    <message>
        <source>Stand here</source>
        <translation>Attendez ici</translation>
    </message>
    <message>
        <source>Return to the cab</source>
        <translation>Remontez en cabine</translation>
    </message>
    <message>
        <source>Drive on</source>
        <translation>Avancez</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>Patientez</translation>
    </message>
    <message>
        <source>Go to bay %1</source>
        <translation>Allez à la place %1</translation>
    </message>
    <message>
        <source>Drive round to the entry</source>
        <translation>Refaites le tour jusqu&apos;à l&apos;entrée</translation>
    </message>
    <message>
        <source>Drive to the inspection place</source>
        <translation>Allez au lieu de contrôle</translation>
    </message>
    <message>
        <source>data of the PLC are stale or incomplete</source>
        <translation>les données de l&apos;automate sont périmées ou incomplètes</translation>
    </message>
    <message>
        <source>the PLC&apos;s heartbeat stands still</source>
        <translation>le battement de l&apos;automate est arrêté</translation>
    </message>
    <message>
        <source>the PLC does not confirm the lane&apos;s commands</source>
        <translation>l&apos;automate ne confirme pas les ordres de la voie</translation>
    </message>
    <message>
        <source>the PLC is not in mode running</source>
        <translation>l&apos;automate n&apos;est pas en mode marche</translation>
    </message>
    <message>
        <source>simulated and real hardware are mixed, or a device has not said which it is</source>
        <translation>matériel simulé et réel mélangés, ou un appareil n&apos;a pas dit ce qu&apos;il est</translation>
    </message>
    <message>
        <source>an emergency stop is pressed or its chain is open</source>
        <translation>un arrêt d&apos;urgence est enfoncé ou sa chaîne est ouverte</translation>
    </message>
    <message>
        <source>a fault is latched: remove its cause, then reset</source>
        <translation>un défaut est mémorisé : supprimer la cause, puis réarmer</translation>
    </message>
    <message>
        <source>latched: %1</source>
        <translation>mémorisé : %1</translation>
    </message>
    <message>
        <source>the key is not at on</source>
        <translation>la clé n&apos;est pas sur marche</translation>
    </message>
    <message>
        <source>an interlock bypass is active</source>
        <translation>un pontage de sécurité est actif</translation>
    </message>
    <message>
        <source>a door is not closed on both channels</source>
        <translation>une porte n&apos;est pas fermée sur les deux canaux</translation>
    </message>
    <message>
        <source>a light curtain is not clear on both channels</source>
        <translation>un rideau lumineux n&apos;est pas libre sur les deux canaux</translation>
    </message>
    <message>
        <source>a barrier is not closed</source>
        <translation>une barrière n&apos;est pas fermée</translation>
    </message>
    <message>
        <source>a person is in the area, or the detection is not trusted</source>
        <translation>une personne est dans la zone, ou la détection n&apos;est pas fiable</translation>
    </message>
    <message>
        <source>the cab is not clear (or, to calibrate, the lane is not empty)</source>
        <translation>la cabine n&apos;est pas libre (ou, pour étalonner, la voie n&apos;est pas vide)</translation>
    </message>
    <message>
        <source>no vehicle is certain to be in the tunnel</source>
        <translation>aucun véhicule n&apos;est assurément dans le tunnel</translation>
    </message>
    <message>
        <source>the vehicle is not in its speed band</source>
        <translation>le véhicule n&apos;est pas dans sa plage de vitesse</translation>
    </message>
    <message>
        <source>another vehicle is within 10 m upstream, or its sensor is not trusted</source>
        <translation>un autre véhicule est à moins de 10 m en amont, ou son capteur n&apos;est pas fiable</translation>
    </message>
    <message>
        <source>the search of the area is not complete</source>
        <translation>la ronde de la zone n&apos;est pas terminée</translation>
    </message>
    <message>
        <source>an area dose monitor has failed or is in alarm</source>
        <translation>un moniteur de dose est en panne ou en alarme</translation>
    </message>
    <message>
        <source>high-voltage contactor and trigger inhibit disagree</source>
        <translation>contacteur haute tension et inhibition discordent</translation>
    </message>
    <message>
        <source>the gantry is outside its limits</source>
        <translation>le portique est hors de ses limites</translation>
    </message>
    <message>
        <source>no fresh answer from the X-ray source</source>
        <translation>pas de réponse fraîche de la source X</translation>
    </message>
    <message>
        <source>the X-ray source is not ready</source>
        <translation>la source X n&apos;est pas prête</translation>
    </message>
    <message>
        <source>no fresh answer from the detector</source>
        <translation>pas de réponse fraîche du détecteur</translation>
    </message>
    <message>
        <source>no room to store a scan</source>
        <translation>pas de place pour enregistrer un scan</translation>
    </message>
    <message>
        <source>the lane runs on battery: no new scan begins</source>
        <translation>la voie est sur batterie : aucun nouveau scan</translation>
    </message>
    <message>
        <source>the detector is not calibrated</source>
        <translation>le détecteur n&apos;est pas étalonné</translation>
    </message>
    <message>
        <source>there is no beam in this state</source>
        <translation>pas de faisceau dans cet état</translation>
    </message>
    <message>
        <source>no Start is given for this vehicle</source>
        <translation>aucun démarrage n&apos;est donné pour ce véhicule</translation>
    </message>
    <message>
        <source>the warning has not run for its time</source>
        <translation>l&apos;avertissement n&apos;a pas duré son temps</translation>
    </message>
    <message>
        <source>the warning lamp draws no current</source>
        <translation>le feu d&apos;avertissement ne prend pas de courant</translation>
    </message>
    <message>
        <source>the gantry is not in its speed band (to calibrate: at a standstill)</source>
        <translation>le portique n&apos;est pas dans sa plage de vitesse (pour étalonner : à l&apos;arrêt)</translation>
    </message>
    <message>
        <source>the driver&apos;s cab has not passed the beam</source>
        <translation>la cabine n&apos;a pas passé le faisceau</translation>
    </message>
    <message>
        <source>the record of the scan is not open</source>
        <translation>l&apos;enregistrement du scan n&apos;est pas ouvert</translation>
    </message>
    <message>
        <source>the safety PLC does not grant the beam permit</source>
        <translation>l&apos;automate de sécurité n&apos;accorde pas le faisceau</translation>
    </message>
    <message>
        <source>the safety PLC does not grant the motion permit</source>
        <translation>l&apos;automate de sécurité n&apos;accorde pas le mouvement</translation>
    </message>
    <message>
        <source>contactor or trigger inhibit keep the beam off</source>
        <translation>contacteur ou inhibition gardent le faisceau coupé</translation>
    </message>
    <message>
        <source>the detector is not taking lines</source>
        <translation>le détecteur ne prend pas de lignes</translation>
    </message>
    <message>
        <source>the PLC&apos;s data became stale</source>
        <translation>les données de l&apos;automate sont devenues périmées</translation>
    </message>
    <message>
        <source>the PLC&apos;s heartbeat stood still</source>
        <translation>le battement de l&apos;automate s&apos;est arrêté</translation>
    </message>
    <message>
        <source>the PLC did not confirm the lane&apos;s commands</source>
        <translation>l&apos;automate n&apos;a pas confirmé les ordres de la voie</translation>
    </message>
    <message>
        <source>the safety PLC reported a fault</source>
        <translation>l&apos;automate de sécurité a signalé un défaut</translation>
    </message>
    <message>
        <source>the two channels of a door or curtain differed for more than 0.5 s</source>
        <translation>les deux canaux d&apos;une porte ou d&apos;un rideau ont différé plus de 0,5 s</translation>
    </message>
    <message>
        <source>high-voltage contactor and trigger inhibit differed for more than 0.5 s</source>
        <translation>contacteur haute tension et inhibition ont différé plus de 0,5 s</translation>
    </message>
    <message>
        <source>beam was sensed without a request</source>
        <translation>faisceau détecté sans demande</translation>
    </message>
    <message>
        <source>the warning lamp drew no current with the warning on</source>
        <translation>le feu d&apos;avertissement n&apos;a pas pris de courant pendant l&apos;avertissement</translation>
    </message>
    <message>
        <source>an area dose monitor failed or gave alarm</source>
        <translation>un moniteur de dose a failli ou a donné l&apos;alarme</translation>
    </message>
    <message>
        <source>the X-ray source reported a fault</source>
        <translation>la source X a signalé un défaut</translation>
    </message>
    <message>
        <source>Heartbeat of the lane</source>
        <translation>Battement de la voie</translation>
    </message>
    <message>
        <source>stopped by the operator</source>
        <translation>arrêté par l&apos;opérateur</translation>
    </message>
    <message>
        <source>the reset failed: a cause is still present</source>
        <translation>le réarmement a échoué : une cause persiste</translation>
    </message>
    <message>
        <source>the gantry does not stand still</source>
        <translation>le portique n&apos;est pas à l&apos;arrêt</translation>
    </message>
    <message>
        <source>the detector&apos;s capture failed</source>
        <translation>la capture du détecteur a échoué</translation>
    </message>
    <message>
        <source>the air calibration took longer than allowed</source>
        <translation>l&apos;étalonnage à l&apos;air a duré trop longtemps</translation>
    </message>
    <message>
        <source>the detector could not be armed</source>
        <translation>le détecteur n&apos;a pu être armé</translation>
    </message>
    <message>
        <source>the dark calibration gave too few lines</source>
        <translation>l&apos;étalonnage d&apos;obscurité a donné trop peu de lignes</translation>
    </message>
    <message>
        <source>the source gives no beam</source>
        <translation>la source ne donne pas de faisceau</translation>
    </message>
    <message>
        <source>the record of the scan could not be opened</source>
        <translation>l&apos;enregistrement du scan n&apos;a pu être ouvert</translation>
    </message>
    <message>
        <source>no scan began within the time of the warning</source>
        <translation>aucun scan n&apos;a commencé pendant l&apos;avertissement</translation>
    </message>
    <message>
        <source>the beam went off by itself</source>
        <translation>le faisceau s&apos;est coupé de lui-même</translation>
    </message>
    <message>
        <source>the last lines of the scan did not arrive</source>
        <translation>les dernières lignes du scan ne sont pas arrivées</translation>
    </message>
    <message>
        <source>the record of the scan could not be stored</source>
        <translation>l&apos;enregistrement du scan n&apos;a pu être stocké</translation>
    </message>
    <message>
        <source>the vehicle does not drive on to its place</source>
        <translation>le véhicule n&apos;avance pas jusqu&apos;à sa place</translation>
    </message>
    <message>
        <source>the driver is not seen in the cab, or a barrier does not close</source>
        <translation>le chauffeur n&apos;est pas vu en cabine, ou une barrière ne se ferme pas</translation>
    </message>
    <message>
        <source>the driver does not leave the cab, or a barrier does not close</source>
        <translation>le chauffeur ne quitte pas la cabine, ou une barrière ne se ferme pas</translation>
    </message>
    <message>
        <source>the driver does not return to the cab, or a door stays open</source>
        <translation>le chauffeur ne remonte pas en cabine, ou une porte reste ouverte</translation>
    </message>
    <message>
        <source>the exit does not open</source>
        <translation>la sortie ne s&apos;ouvre pas</translation>
    </message>
    <message>
        <source>the vehicle does not drive out</source>
        <translation>le véhicule ne sort pas</translation>
    </message>
    <message>
        <source>a Start is possible only with a vehicle in the tunnel that waits to be scanned</source>
        <translation>Démarrer n&apos;est possible qu&apos;avec un véhicule dans le tunnel qui attend le scan</translation>
    </message>
    <message>
        <source>a release needs a second reader here</source>
        <translation>la mainlevée demande ici un second lecteur</translation>
    </message>
    <message>
        <source>a reset is under way</source>
        <translation>un réarmement est en cours</translation>
    </message>
    <message>
        <source>a vehicle without a complete scan cannot be released</source>
        <translation>un véhicule sans scan complet ne peut être libéré</translation>
    </message>
    <message>
        <source>an emergency stop is still pressed</source>
        <translation>un arrêt d&apos;urgence est encore enfoncé</translation>
    </message>
    <message>
        <source>beam is still sensed</source>
        <translation>le faisceau est encore détecté</translation>
    </message>
    <message>
        <source>calibration is possible in Idle only</source>
        <translation>l&apos;étalonnage n&apos;est possible qu&apos;au repos</translation>
    </message>
    <message>
        <source>maintenance begins from Off, SelfTest, Stopped or Faulted only</source>
        <translation>la maintenance ne commence que depuis Off, SelfTest, Stopped ou Faulted</translation>
    </message>
    <message>
        <source>no vehicle waits for a decision</source>
        <translation>aucun véhicule n&apos;attend de décision</translation>
    </message>
    <message>
        <source>the decision is not about the scan in review</source>
        <translation>la décision ne porte pas sur le scan en examen</translation>
    </message>
    <message>
        <source>the gantry still moves</source>
        <translation>le portique bouge encore</translation>
    </message>
    <message>
        <source>the key is not at service</source>
        <translation>la clé n&apos;est pas sur service</translation>
    </message>
    <message>
        <source>the lane is not empty</source>
        <translation>la voie n&apos;est pas vide</translation>
    </message>
    <message>
        <source>the lane is not in maintenance</source>
        <translation>la voie n&apos;est pas en maintenance</translation>
    </message>
    <message>
        <source>the radiation alarm is open: it must be adjudicated</source>
        <translation>l&apos;alarme radiologique est ouverte : elle doit être jugée</translation>
    </message>
    <message>
        <source>the record of the scan before is not closed yet</source>
        <translation>l&apos;enregistrement du scan précédent n&apos;est pas encore clos</translation>
    </message>
    <message>
        <source>the self-test has not passed</source>
        <translation>l&apos;autotest n&apos;a pas réussi</translation>
    </message>
    <message>
        <source>the warning of the scan before has not ended yet</source>
        <translation>l&apos;avertissement du scan précédent n&apos;est pas fini</translation>
    </message>
    <message>
        <source>there is no scan to repeat</source>
        <translation>aucun scan à répéter</translation>
    </message>
    <message>
        <source>there is no valid radiation measurement: it must be adjudicated</source>
        <translation>pas de mesure radiologique valable : à juger</translation>
    </message>
    <message>
        <source>there is nothing to reset: the lane is neither stopped nor faulted</source>
        <translation>rien à réarmer : la voie n&apos;est ni arrêtée ni en défaut</translation>
    </message>
    <message>
        <source>warming up is possible after the self-test and in Idle only</source>
        <translation>la chauffe n&apos;est possible qu&apos;après l&apos;autotest et au repos</translation>
    </message>
    <message>
        <source>no vehicle waits for a decision in this bay</source>
        <translation>aucun véhicule n&apos;attend de décision sur cette place</translation>
    </message>
    <message>
        <source>the decision is not about the vehicle in this bay</source>
        <translation>la décision ne porte pas sur le véhicule de cette place</translation>
    </message>
    <message>
        <source>the vehicle&apos;s way is open already: hold it first</source>
        <translation>la sortie du véhicule est déjà ouverte : le retenir d&apos;abord</translation>
    </message>
    <message>
        <source>the vehicle is not in its bay: another agency or an inspection must take the case on</source>
        <translation>le véhicule n&apos;est pas à sa place : un autre service ou un contrôle doit reprendre le cas</translation>
    </message>
    <message>
        <source>the bay is not free</source>
        <translation>la place n&apos;est pas libre</translation>
    </message>
    <message>
        <source>the vehicle is no longer in the lane</source>
        <translation>le véhicule n&apos;est plus dans la voie</translation>
    </message>
    <message>
        <source>the vehicle does not wait for a decision now</source>
        <translation>le véhicule n&apos;attend pas de décision maintenant</translation>
    </message>
    <message>
        <source>the case is decided; its answers stand</source>
        <translation>le cas est décidé ; ses réponses restent</translation>
    </message>
    <message>
        <source>the case is decided already</source>
        <translation>le cas est déjà décidé</translation>
    </message>
    <message>
        <source>there is no image to decide on yet</source>
        <translation>pas encore d&apos;image pour décider</translation>
    </message>
    <message>
        <source>another decision is being taken</source>
        <translation>une autre décision est en cours</translation>
    </message>
    <message>
        <source>a decision needs the name of an officer</source>
        <translation>une décision demande le nom d&apos;un agent</translation>
    </message>
    <message>
        <source>finding %1 is not answered yet</source>
        <translation>le signalement %1 n&apos;a pas encore de réponse</translation>
    </message>
    <message>
        <source>somebody else changed the marks on this image; look at theirs first</source>
        <translation>quelqu&apos;un d&apos;autre a changé les marques de cette image ; les regarder d&apos;abord</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>vide</translation>
    </message>
    <message>
        <source>waits for a decision</source>
        <translation>attend une décision</translation>
    </message>
    <message>
        <source>on its way, not decided</source>
        <translation>en route, non décidé</translation>
    </message>
    <message>
        <source>released, its exit is open</source>
        <translation>libéré, sa sortie est ouverte</translation>
    </message>
    <message>
        <source>to inspection, its exit is open</source>
        <translation>vers le contrôle, sa sortie est ouverte</translation>
    </message>
    <message>
        <source>held</source>
        <translation>retenu</translation>
    </message>
    <message>
        <source>to be scanned again, its exit is open</source>
        <translation>à rescanner, sa sortie est ouverte</translation>
    </message>
    <message>
        <source>isolated: stay away, do not open</source>
        <translation>isolé : rester à distance, ne pas ouvrir</translation>
    </message>
    <message>
        <source>the vehicle is gone, and no decision let it go</source>
        <translation>le véhicule est parti, sans décision</translation>
    </message>
    <message>
        <source>occupied by a vehicle that was not sent there</source>
        <translation>occupée par un véhicule qui n&apos;y a pas été envoyé</translation>
    </message>
    <message>
        <source>the vehicle does not arrive</source>
        <translation>le véhicule n&apos;arrive pas</translation>
    </message>
    <message>
        <source>the lane was started again with this vehicle in a bay</source>
        <translation>la voie a redémarré avec ce véhicule sur une place</translation>
    </message>
    <message>
        <source>the scan is running</source>
        <translation>le scan est en cours</translation>
    </message>
    <message>
        <source>the image is being made</source>
        <translation>l&apos;image est en préparation</translation>
    </message>
    <message>
        <source>the lane is not ready for a decision yet</source>
        <translation>la voie n&apos;est pas encore prête pour une décision</translation>
    </message>
    <message>
        <source>Nobody decided in time; the lane put the vehicle on hold.</source>
        <translation>Personne n&apos;a décidé à temps ; la voie a retenu le véhicule.</translation>
    </message>
    <message>
        <source>put on hold: the time for a decision ran out</source>
        <translation>retenu : le délai de décision est écoulé</translation>
    </message>
    <message>
        <source>not carried out: %1</source>
        <translation>non exécuté : %1</translation>
    </message>
    <message>
        <source>decided; the answer to customs is on its way</source>
        <translation>décidé ; la réponse à la douane est en route</translation>
    </message>
    <message>
        <source>decided; no customs link is configured</source>
        <translation>décidé ; aucune liaison douane n&apos;est configurée</translation>
    </message>
    <message>
        <source>answer written to customs for %1</source>
        <translation>réponse écrite à la douane pour %1</translation>
    </message>
    <message>
        <source>the record is incomplete: %1</source>
        <translation>l&apos;enregistrement est incomplet : %1</translation>
    </message>
    <message>
        <source>the record of the scan was cut off</source>
        <translation>l&apos;enregistrement du scan a été coupé</translation>
    </message>
    <message>
        <source>the portal saw no passage of this vehicle</source>
        <translation>le portique n&apos;a vu aucun passage de ce véhicule</translation>
    </message>
    <message>
        <source>partial scan: %1</source>
        <translation>scan partiel : %1</translation>
    </message>
    <message>
        <source>partial scan</source>
        <translation>scan partiel</translation>
    </message>
    <message>
        <source>%1 line lost</source>
        <translation>%1 ligne perdue</translation>
    </message>
    <message>
        <source>%1 lines lost</source>
        <translation>lignes perdues : %1</translation>
    </message>
    <message>
        <source>%1 pulse without dose</source>
        <translation>%1 impulsion sans dose</translation>
    </message>
    <message>
        <source>%1 pulses without dose</source>
        <translation>impulsions sans dose : %1</translation>
    </message>
    <message>
        <source>%1 arced pulse left out</source>
        <translation>%1 impulsion avec arc omise</translation>
    </message>
    <message>
        <source>%1 arced pulses left out</source>
        <translation>impulsions avec arc omises : %1</translation>
    </message>
    <message>
        <source>%1 line of test pattern left out</source>
        <translation>%1 ligne de mire omise</translation>
    </message>
    <message>
        <source>%1 lines of test pattern left out</source>
        <translation>lignes de mire omises : %1</translation>
    </message>
    <message>
        <source>module %1 missing on %2 line</source>
        <translation>module %1 absent sur %2 ligne</translation>
    </message>
    <message>
        <source>module %1 missing on %2 lines</source>
        <translation>module %1 absent sur %2 lignes</translation>
    </message>
    <message>
        <source>Container %1: %2</source>
        <translation>Conteneur %1 : %2</translation>
    </message>
    <message>
        <source>Container %1 is as declared.</source>
        <translation>Le conteneur %1 est comme déclaré.</translation>
    </message>
    <message>
        <source>as declared.</source>
        <translation>comme déclaré.</translation>
    </message>
    <message>
        <source>container %1 is empty as declared.</source>
        <translation>le conteneur %1 est vide comme déclaré.</translation>
    </message>
    <message>
        <source>container %1 is loaded as declared.</source>
        <translation>le conteneur %1 est chargé comme déclaré.</translation>
    </message>
    <message>
        <source>empty as declared.</source>
        <translation>vide comme déclaré.</translation>
    </message>
    <message>
        <source>loaded as declared.</source>
        <translation>chargé comme déclaré.</translation>
    </message>
    <message>
        <source>declared loaded and looks empty.</source>
        <translation>déclaré chargé et paraît vide.</translation>
    </message>
    <message>
        <source>container %1 is declared loaded and looks empty.</source>
        <translation>le conteneur %1 est déclaré chargé et paraît vide.</translation>
    </message>
    <message>
        <source>declared empty and holds about %1, %2 % of the side view filled.</source>
        <translation>déclaré vide et contient environ %1, %2 % de la vue latérale remplis.</translation>
    </message>
    <message>
        <source>container %1 is declared empty and holds about %2, %3 % of the side view filled.</source>
        <translation>le conteneur %1 est déclaré vide et contient environ %2, %3 % de la vue latérale remplis.</translation>
    </message>
    <message>
        <source>Container %1 is not on the declaration, which names %2.</source>
        <translation>Le conteneur %1 n&apos;est pas sur la déclaration, qui nomme %2.</translation>
    </message>
    <message>
        <source>not on the declaration, which names %1.</source>
        <translation>absent de la déclaration, qui nomme %1.</translation>
    </message>
    <message>
        <source>Container %1 is declared; %2 of the same declaration is not on this vehicle.</source>
        <translation>Le conteneur %1 est déclaré ; %2 de la même déclaration n&apos;est pas sur ce véhicule.</translation>
    </message>
    <message>
        <source>declared; %1 of the same declaration is not on this vehicle.</source>
        <translation>déclaré ; %1 de la même déclaration n&apos;est pas sur ce véhicule.</translation>
    </message>
    <message>
        <source>the load weighs about %1 in the image, %2 less than the %3 declared.</source>
        <translation>le chargement pèse environ %1 sur l&apos;image, %2 de moins que les %3 déclarés.</translation>
    </message>
    <message>
        <source>the load weighs about %1 in the image, %2 more than the %3 declared.</source>
        <translation>le chargement pèse environ %1 sur l&apos;image, %2 de plus que les %3 déclarés.</translation>
    </message>
    <message>
        <source>the load weighs about %1 in the image; no declaration says what it should weigh.</source>
        <translation>le chargement pèse environ %1 sur l&apos;image ; aucune déclaration ne dit ce qu&apos;il devrait peser.</translation>
    </message>
    <message>
        <source>the load weighs about %1 in the image; %2 declared.</source>
        <translation>le chargement pèse environ %1 sur l&apos;image ; %2 déclarés.</translation>
    </message>
    <message>
        <source>the load&apos;s mass cannot be compared: %1.</source>
        <translation>la masse du chargement ne peut être comparée : %1.</translation>
    </message>
    <message>
        <source>no declaration names it</source>
        <translation>aucune déclaration ne le nomme</translation>
    </message>
    <message>
        <source>its declarations contradict each other</source>
        <translation>ses déclarations se contredisent</translation>
    </message>
    <message>
        <source>%1, so empty or loaded cannot be compared.</source>
        <translation>%1, donc vide ou chargé ne peut être comparé.</translation>
    </message>
    <message>
        <source>%1 together declare %2, which the image does not show; %3 alone would agree: the documents must tell which holds.</source>
        <translation>%1 déclarent ensemble %2, ce que l&apos;image ne montre pas ; %3 seul concorderait : les documents doivent dire laquelle vaut.</translation>
    </message>
    <message>
        <source>No declaration is known for this vehicle and its containers.</source>
        <translation>Aucune déclaration connue pour ce véhicule et ses conteneurs.</translation>
    </message>
    <message>
        <source>Declarations could not be asked for: %1.</source>
        <translation>Les déclarations n&apos;ont pu être demandées : %1.</translation>
    </message>
    <message>
        <source>There is no declaration to compare with.</source>
        <translation>Pas de déclaration à comparer.</translation>
    </message>
    <message>
        <source>The declaration names no container.</source>
        <translation>La déclaration ne nomme aucun conteneur.</translation>
    </message>
    <message>
        <source>A container&apos;s number was not read: read it by eye.</source>
        <translation>Un numéro de conteneur n&apos;a pas été lu : le lire à l&apos;œil.</translation>
    </message>
    <message>
        <source>No container was found in the image.</source>
        <translation>Aucun conteneur trouvé sur l&apos;image.</translation>
    </message>
    <message>
        <source>No container was found, so no mass can be compared.</source>
        <translation>Aucun conteneur trouvé, donc aucune masse à comparer.</translation>
    </message>
    <message>
        <source>No container was found, so emptiness cannot be compared.</source>
        <translation>Aucun conteneur trouvé, donc le vide ne peut être comparé.</translation>
    </message>
    <message>
        <source>Each container has a declaration of its own: %1.</source>
        <translation>Chaque conteneur a sa propre déclaration : %1.</translation>
    </message>
    <message>
        <source>One declaration, %1.</source>
        <translation>Une déclaration, %1.</translation>
    </message>
    <message>
        <source>No alarm; nothing over background.</source>
        <translation>Pas d&apos;alarme ; rien au-dessus du bruit de fond.</translation>
    </message>
    <message>
        <source>No alarm; at most %1 sigma over background.</source>
        <translation>Pas d&apos;alarme ; au plus %1 sigma au-dessus du fond.</translation>
    </message>
    <message>
        <source>Radiation was not measured: %1.</source>
        <translation>Le rayonnement n&apos;a pas été mesuré : %1.</translation>
    </message>
    <message>
        <source>The radiation portal gave %1: measure by hand first, unopened.</source>
        <translation>Le portique radiologique a donné %1 : mesurer d&apos;abord au portatif, sans ouvrir.</translation>
    </message>
    <message>
        <source>gamma alarm, %1 sigma over background</source>
        <translation>alarme gamma, %1 sigma au-dessus du fond</translation>
    </message>
    <message>
        <source>gamma and neutron alarm, %1 sigma over background</source>
        <translation>alarme gamma et neutrons, %1 sigma au-dessus du fond</translation>
    </message>
    <message>
        <source>neutron alarm</source>
        <translation>alarme neutrons</translation>
    </message>
    <message>
        <source>the portal gave no reason</source>
        <translation>le portique n&apos;a donné aucune raison</translation>
    </message>
    <message>
        <source>Metal, about %1 x %2 cm, in lighter goods; the neighbours hold none.</source>
        <translation>Métal, environ %1 x %2 cm, dans des marchandises plus légères ; les voisines n&apos;en ont pas.</translation>
    </message>
    <message>
        <source>Metal, about %1 x %2 cm, standing free.</source>
        <translation>Métal, environ %1 x %2 cm, isolé.</translation>
    </message>
    <message>
        <source>Heavy metal, about %1 x %2 cm, in lighter goods; the neighbours hold none.</source>
        <translation>Métal lourd, environ %1 x %2 cm, dans des marchandises plus légères ; les voisines n&apos;en ont pas.</translation>
    </message>
    <message>
        <source>Heavy metal, about %1 x %2 cm, standing free.</source>
        <translation>Métal lourd, environ %1 x %2 cm, isolé.</translation>
    </message>
    <message>
        <source>Metal too thick to be seen through, about %1 x %2 cm, in lighter goods; the neighbours hold none.</source>
        <translation>Métal trop épais pour voir au travers, environ %1 x %2 cm, dans des marchandises plus légères ; les voisines n&apos;en ont pas.</translation>
    </message>
    <message>
        <source>Metal too thick to be seen through, about %1 x %2 cm, standing free.</source>
        <translation>Métal trop épais pour voir au travers, environ %1 x %2 cm, isolé.</translation>
    </message>
    <message>
        <source>About %1 m from the rear, %2 m above the floor.</source>
        <translation>À environ %1 m de l&apos;arrière, %2 m au-dessus du plancher.</translation>
    </message>
    <message>
        <source>About %1 m from the rear.</source>
        <translation>À environ %1 m de l&apos;arrière.</translation>
    </message>
    <message>
        <source>A block of heavy metal, about %1 x %2 cm, much denser than the goods around it.</source>
        <translation>Un bloc de métal lourd, environ %1 x %2 cm, bien plus dense que les marchandises autour.</translation>
    </message>
    <message>
        <source>A block that cannot be seen through, about %1 x %2 cm, much denser than the goods around it.</source>
        <translation>Un bloc opaque, environ %1 x %2 cm, bien plus dense que les marchandises autour.</translation>
    </message>
    <message>
        <source>A block that cannot be seen through, about %1 x %2 cm: part of goods that are too thick as a whole.</source>
        <translation>Un bloc opaque, environ %1 x %2 cm : partie de marchandises trop épaisses dans l&apos;ensemble.</translation>
    </message>
    <message>
        <source>%1 % of this place was not measured.</source>
        <translation>%1 % de cet endroit n&apos;ont pas été mesurés.</translation>
    </message>
    <message>
        <source>The image is incomplete and was not searched: scan again.</source>
        <translation>L&apos;image est incomplète et n&apos;a pas été analysée : rescanner.</translation>
    </message>
    <message>
        <source>%1 % of the container was not measured: what is there was not searched.</source>
        <translation>%1 % du conteneur n&apos;ont pas été mesurés : cette partie n&apos;a pas été analysée.</translation>
    </message>
    <message>
        <source>There is no image.</source>
        <translation>Il n&apos;y a pas d&apos;image.</translation>
    </message>
    <message>
        <source>There is no image: %1.</source>
        <translation>Il n&apos;y a pas d&apos;image : %1.</translation>
    </message>
    <message>
        <source>Only one energy was measured: materials are not known.</source>
        <translation>Une seule énergie mesurée : matières inconnues.</translation>
    </message>
    <message>
        <source>%1 % of the image was not measured.</source>
        <translation>%1 % de l&apos;image n&apos;ont pas été mesurés.</translation>
    </message>
    <message>
        <source>%1 lines of the scan are lost.</source>
        <translation>Lignes du scan perdues : %1.</translation>
    </message>
    <message>
        <source>Not all of the vehicle was scanned: %1.</source>
        <translation>Véhicule scanné en partie seulement : %1.</translation>
    </message>
    <message>
        <source>import</source>
        <translation>importation</translation>
    </message>
    <message>
        <source>export</source>
        <translation>exportation</translation>
    </message>
    <message>
        <source>transit</source>
        <translation>transit</translation>
    </message>
    <message>
        <source>the lane&apos;s program had no memory; end other programs on this machine</source>
        <translation>le programme de la voie a manqué de mémoire ; fermer d&apos;autres programmes de cette machine</translation>
    </message>
    <message>
        <source>%1 reads this case now</source>
        <translation>%1 lit ce cas maintenant</translation>
    </message>
    <message>
        <source>you have read this case; it waits for another reader</source>
        <translation>vous avez lu ce cas ; il attend un autre lecteur</translation>
    </message>
    <message>
        <source>no accounts: everyone at this lane&apos;s socket may do everything</source>
        <translation>pas de comptes : toute personne reliée à la voie peut tout faire</translation>
    </message>
    <message>
        <source>no accounts: everyone at this socket may do everything</source>
        <translation>pas de comptes : toute personne reliée ici peut tout faire</translation>
    </message>
    <message>
        <source>name or password is not right</source>
        <translation>nom ou mot de passe incorrect</translation>
    </message>
    <message>
        <source>too many log in at once; try again</source>
        <translation>trop de connexions à la fois ; réessayer</translation>
    </message>
    <message>
        <source>Beam without request</source>
        <translation>Faisceau sans demande</translation>
    </message>
    <message>
        <source>Beam is sensed and the lane has not asked for it.</source>
        <translation>Un faisceau est détecté et la voie ne l&apos;a pas demandé.</translation>
    </message>
    <message>
        <source>People near the gantry may be irradiated; the beam&apos;s means are withdrawn.</source>
        <translation>Des personnes près du portique peuvent être irradiées ; les moyens du faisceau sont retirés.</translation>
    </message>
    <message>
        <source>Press the emergency stop, keep everybody out, call the radiation safety officer.</source>
        <translation>Enfoncer l&apos;arrêt d&apos;urgence, tenir tout le monde dehors, appeler la personne compétente en radioprotection.</translation>
    </message>
    <message>
        <source>Beam-off means disagree</source>
        <translation>Moyens de coupure en désaccord</translation>
    </message>
    <message>
        <source>The two means that end the beam do not report the same.</source>
        <translation>Les deux moyens qui coupent le faisceau n&apos;indiquent pas la même chose.</translation>
    </message>
    <message>
        <source>One of them may not end the beam; beam and motion are withdrawn and stay off.</source>
        <translation>L&apos;un d&apos;eux ne coupe peut-être pas le faisceau ; faisceau et mouvement sont retirés et restent coupés.</translation>
    </message>
    <message>
        <source>Keep everybody out, call maintenance; do not reset before the cause is found.</source>
        <translation>Tenir tout le monde dehors, appeler la maintenance ; ne pas réarmer avant d&apos;avoir trouvé la cause.</translation>
    </message>
    <message>
        <source>PLC does not answer</source>
        <translation>L&apos;automate ne répond pas</translation>
    </message>
    <message>
        <source>No fresh data of the safety PLC: cable, switch, or the PLC itself.</source>
        <translation>Pas de données fraîches de l&apos;automate de sécurité : câble, commutateur ou l&apos;automate lui-même.</translation>
    </message>
    <message>
        <source>Nothing of doors, curtains and stops is known; beam and motion stay off.</source>
        <translation>On ne sait rien des portes, rideaux et arrêts ; faisceau et mouvement restent coupés.</translation>
    </message>
    <message>
        <source>Look at the PLC&apos;s lamps and its network cable; reset when it answers again.</source>
        <translation>Regarder les voyants de l&apos;automate et son câble réseau ; réarmer quand il répond de nouveau.</translation>
    </message>
    <message>
        <source>Safety PLC has tripped</source>
        <translation>L&apos;automate de sécurité a déclenché</translation>
    </message>
    <message>
        <source>The safety PLC lost an interlock or found a fault of its own; it names it.</source>
        <translation>L&apos;automate de sécurité a perdu un verrouillage ou trouvé un défaut propre ; il le nomme.</translation>
    </message>
    <message>
        <source>Beam and motion are off until it is reset.</source>
        <translation>Faisceau et mouvement sont coupés jusqu&apos;au réarmement.</translation>
    </message>
    <message>
        <source>Find what it names first, put it right, reset (F9).</source>
        <translation>Trouver ce qu&apos;il nomme en premier, y remédier, réarmer (F9).</translation>
    </message>
    <message>
        <source>Two channels disagree</source>
        <translation>Deux canaux en désaccord</translation>
    </message>
    <message>
        <source>The two channels of a door, curtain or stop differ for longer than they may.</source>
        <translation>Les deux canaux d&apos;une porte, d&apos;un rideau ou d&apos;un arrêt diffèrent plus longtemps qu&apos;admis.</translation>
    </message>
    <message>
        <source>That input counts as tripped; beam and motion stay off.</source>
        <translation>Cette entrée compte comme déclenchée ; faisceau et mouvement restent coupés.</translation>
    </message>
    <message>
        <source>Look at the named input and its wiring, reset (F9).</source>
        <translation>Regarder l&apos;entrée nommée et son câblage, réarmer (F9).</translation>
    </message>
    <message>
        <source>Area dose monitor amiss</source>
        <translation>Moniteur de dose anormal</translation>
    </message>
    <message>
        <source>A monitor of the area is over its limit, or does not measure.</source>
        <translation>Un moniteur de la zone dépasse sa limite ou ne mesure pas.</translation>
    </message>
    <message>
        <source>Dose outside is not known or too high; beam stays off.</source>
        <translation>La dose à l&apos;extérieur est inconnue ou trop élevée ; le faisceau reste coupé.</translation>
    </message>
    <message>
        <source>Keep distance, read the monitor itself, call the radiation safety officer.</source>
        <translation>Garder ses distances, lire le moniteur lui-même, appeler la personne compétente en radioprotection.</translation>
    </message>
    <message>
        <source>Vehicle gone without decision</source>
        <translation>Véhicule parti sans décision</translation>
    </message>
    <message>
        <source>A bay is empty whose vehicle nobody let go.</source>
        <translation>Une place est vide dont personne n&apos;a laissé partir le véhicule.</translation>
    </message>
    <message>
        <source>A vehicle may leave the port unexamined.</source>
        <translation>Un véhicule peut quitter le port sans contrôle.</translation>
    </message>
    <message>
        <source>Stop it at the gate; look at the cameras.</source>
        <translation>L&apos;arrêter à la sortie du port ; regarder les caméras.</translation>
    </message>
    <message>
        <source>PLC&apos;s heartbeat stands still</source>
        <translation>Le battement de l&apos;automate est arrêté</translation>
    </message>
    <message>
        <source>The PLC answers but its program does not run.</source>
        <translation>L&apos;automate répond mais son programme ne tourne pas.</translation>
    </message>
    <message>
        <source>Beam and motion stay off.</source>
        <translation>Faisceau et mouvement restent coupés.</translation>
    </message>
    <message>
        <source>Look at the PLC&apos;s mode; reset (F9) when it runs.</source>
        <translation>Regarder le mode de l&apos;automate ; réarmer (F9) quand il tourne.</translation>
    </message>
    <message>
        <source>PLC does not confirm commands</source>
        <translation>L&apos;automate ne confirme pas les ordres</translation>
    </message>
    <message>
        <source>What the lane writes does not come back.</source>
        <translation>Ce que la voie écrit ne revient pas.</translation>
    </message>
    <message>
        <source>Look at the PLC&apos;s mode and link; reset (F9).</source>
        <translation>Regarder le mode et la liaison de l&apos;automate ; réarmer (F9).</translation>
    </message>
    <message>
        <source>Warning lamp failed</source>
        <translation>Feu d&apos;avertissement en panne</translation>
    </message>
    <message>
        <source>A warning lamp draws no current.</source>
        <translation>Un feu d&apos;avertissement ne prend pas de courant.</translation>
    </message>
    <message>
        <source>No beam without a warning: scans are refused.</source>
        <translation>Pas de faisceau sans avertissement : les scans sont refusés.</translation>
    </message>
    <message>
        <source>Have the lamp replaced, reset (F9).</source>
        <translation>Faire remplacer le feu, réarmer (F9).</translation>
    </message>
    <message>
        <source>X-ray source reports a fault</source>
        <translation>La source X signale un défaut</translation>
    </message>
    <message>
        <source>The source named a fault of its own.</source>
        <translation>La source a nommé un défaut propre.</translation>
    </message>
    <message>
        <source>No scan until it is gone.</source>
        <translation>Pas de scan tant qu&apos;il dure.</translation>
    </message>
    <message>
        <source>Read its words, reset (F9); call maintenance where it comes back.</source>
        <translation>Lire ce qu&apos;elle dit, réarmer (F9) ; appeler la maintenance s&apos;il revient.</translation>
    </message>
    <message>
        <source>Lane computer had no memory</source>
        <translation>L&apos;ordinateur de la voie a manqué de mémoire</translation>
    </message>
    <message>
        <source>A step of the lane ended for want of memory.</source>
        <translation>Une étape de la voie a échoué faute de mémoire.</translation>
    </message>
    <message>
        <source>Beam and motion were withdrawn.</source>
        <translation>Faisceau et mouvement ont été retirés.</translation>
    </message>
    <message>
        <source>Reset (F9); call maintenance where it comes back.</source>
        <translation>Réarmer (F9) ; appeler la maintenance s&apos;il revient.</translation>
    </message>
    <message>
        <source>An emergency stop or the stop command.</source>
        <translation>Un arrêt d&apos;urgence ou l&apos;ordre d&apos;arrêt.</translation>
    </message>
    <message>
        <source>Beam and motion are off.</source>
        <translation>Faisceau et mouvement sont coupés.</translation>
    </message>
    <message>
        <source>When all is safe release the stop and reset (F9).</source>
        <translation>Quand tout est sûr, libérer l&apos;arrêt et réarmer (F9).</translation>
    </message>
    <message>
        <source>X-ray source does not answer</source>
        <translation>La source X ne répond pas</translation>
    </message>
    <message>
        <source>Its controller is off or the link is broken.</source>
        <translation>Son contrôleur est éteint ou la liaison est coupée.</translation>
    </message>
    <message>
        <source>No scan.</source>
        <translation>Pas de scan.</translation>
    </message>
    <message>
        <source>Look at its controller and cable; it comes back by itself.</source>
        <translation>Regarder son contrôleur et son câble ; elle revient d&apos;elle-même.</translation>
    </message>
    <message>
        <source>X-ray source not ready</source>
        <translation>Source X pas prête</translation>
    </message>
    <message>
        <source>It is cold, or it reports something.</source>
        <translation>Elle est froide ou signale quelque chose.</translation>
    </message>
    <message>
        <source>No scan until it is ready.</source>
        <translation>Pas de scan avant qu&apos;elle soit prête.</translation>
    </message>
    <message>
        <source>Warm it up (F6).</source>
        <translation>La chauffer (F6).</translation>
    </message>
    <message>
        <source>Detector does not answer</source>
        <translation>Le détecteur ne répond pas</translation>
    </message>
    <message>
        <source>It is off or the link is broken.</source>
        <translation>Il est éteint ou la liaison est coupée.</translation>
    </message>
    <message>
        <source>Look at its power and cable; it comes back by itself.</source>
        <translation>Regarder son alimentation et son câble ; il revient de lui-même.</translation>
    </message>
    <message>
        <source>Detector fault</source>
        <translation>Défaut du détecteur</translation>
    </message>
    <message>
        <source>Taking lines failed.</source>
        <translation>La prise de lignes a échoué.</translation>
    </message>
    <message>
        <source>Read its words; call maintenance.</source>
        <translation>Lire ce qu&apos;il dit ; appeler la maintenance.</translation>
    </message>
    <message>
        <source>Detector needs attention</source>
        <translation>Détecteur à surveiller</translation>
    </message>
    <message>
        <source>It is not calibrated, or it reports something.</source>
        <translation>Il n&apos;est pas étalonné ou signale quelque chose.</translation>
    </message>
    <message>
        <source>No scan, or images of less quality.</source>
        <translation>Pas de scan, ou des images de moindre qualité.</translation>
    </message>
    <message>
        <source>Calibrate (F7); clean its filter where it is warm.</source>
        <translation>Étalonner (F7) ; nettoyer son filtre s&apos;il est chaud.</translation>
    </message>
    <message>
        <source>Radiation portal does not answer</source>
        <translation>Le portique radiologique ne répond pas</translation>
    </message>
    <message>
        <source>No vehicle is measured for radiation.</source>
        <translation>Aucun véhicule n&apos;est mesuré en rayonnement.</translation>
    </message>
    <message>
        <source>Look at its power and cable; measure vehicles by hand.</source>
        <translation>Regarder son alimentation et son câble ; mesurer les véhicules à la main.</translation>
    </message>
    <message>
        <source>Radiation portal fault</source>
        <translation>Défaut du portique radiologique</translation>
    </message>
    <message>
        <source>It reports a fault.</source>
        <translation>Il signale un défaut.</translation>
    </message>
    <message>
        <source>Its measurements do not count.</source>
        <translation>Ses mesures ne comptent pas.</translation>
    </message>
    <message>
        <source>Measure by hand; call maintenance.</source>
        <translation>Mesurer à la main ; appeler la maintenance.</translation>
    </message>
    <message>
        <source>Radiation portal needs attention</source>
        <translation>Portique radiologique à surveiller</translation>
    </message>
    <message>
        <source>It has no background yet, or it reports something.</source>
        <translation>Il n&apos;a pas encore de bruit de fond ou signale quelque chose.</translation>
    </message>
    <message>
        <source>Its measurements may not count.</source>
        <translation>Ses mesures peuvent ne pas compter.</translation>
    </message>
    <message>
        <source>Wait for its background; measure by hand meanwhile.</source>
        <translation>Attendre son bruit de fond ; mesurer à la main entre-temps.</translation>
    </message>
    <message>
        <source>Scans cannot be recorded</source>
        <translation>Les scans ne peuvent être enregistrés</translation>
    </message>
    <message>
        <source>The disk is full or does not write.</source>
        <translation>Le disque est plein ou n&apos;écrit pas.</translation>
    </message>
    <message>
        <source>Make room on the disk; call maintenance.</source>
        <translation>Faire de la place sur le disque ; appeler la maintenance.</translation>
    </message>
    <message>
        <source>Cameras do not answer</source>
        <translation>Les caméras ne répondent pas</translation>
    </message>
    <message>
        <source>They are off or the link is broken.</source>
        <translation>Elles sont éteintes ou la liaison est coupée.</translation>
    </message>
    <message>
        <source>Plates and numbers are not read.</source>
        <translation>Plaques et numéros ne sont pas lus.</translation>
    </message>
    <message>
        <source>Type plates and numbers; look at their power and cable.</source>
        <translation>Saisir plaques et numéros ; regarder leur alimentation et leur câble.</translation>
    </message>
    <message>
        <source>Image analysis does not run</source>
        <translation>L&apos;analyse d&apos;image ne tourne pas</translation>
    </message>
    <message>
        <source>Its process ended or is behind.</source>
        <translation>Son processus s&apos;est arrêté ou a du retard.</translation>
    </message>
    <message>
        <source>Findings come late; the image is there.</source>
        <translation>Les signalements arrivent tard ; l&apos;image est là.</translation>
    </message>
    <message>
        <source>It is started again by itself; read images without findings meanwhile.</source>
        <translation>Elle redémarre d&apos;elle-même ; lire les images sans signalements entre-temps.</translation>
    </message>
    <message>
        <source>Customs link is down</source>
        <translation>La liaison douane est coupée</translation>
    </message>
    <message>
        <source>The gateway does not answer.</source>
        <translation>La passerelle ne répond pas.</translation>
    </message>
    <message>
        <source>No declarations; answers wait here and are sent later.</source>
        <translation>Pas de déclarations ; les réponses attendent ici et partent plus tard.</translation>
    </message>
    <message>
        <source>Ask for papers; call the network&apos;s people where it stays.</source>
        <translation>Demander les papiers ; appeler le service réseau si cela dure.</translation>
    </message>
    <message>
        <source>Audit log needs attention</source>
        <translation>Journal d&apos;audit à surveiller</translation>
    </message>
    <message>
        <source>Entries wait to be signed or written.</source>
        <translation>Des entrées attendent d&apos;être signées ou écrites.</translation>
    </message>
    <message>
        <source>Decisions wait until they can be proven.</source>
        <translation>Les décisions attendent de pouvoir être prouvées.</translation>
    </message>
    <message>
        <source>Look at the signer and the disk.</source>
        <translation>Regarder le signataire et le disque.</translation>
    </message>
    <message>
        <source>Accounts need attention</source>
        <translation>Comptes à surveiller</translation>
    </message>
    <message>
        <source>There are none, or one for emergencies is in use.</source>
        <translation>Il n&apos;y en a pas, ou un compte d&apos;urgence est en usage.</translation>
    </message>
    <message>
        <source>Who did what may not be known.</source>
        <translation>On peut ne pas savoir qui a fait quoi.</translation>
    </message>
    <message>
        <source>Add accounts; end the use of the emergency account.</source>
        <translation>Ajouter des comptes ; cesser d&apos;employer le compte d&apos;urgence.</translation>
    </message>
    <message>
        <source>A device needs attention</source>
        <translation>Un appareil à surveiller</translation>
    </message>
    <message>
        <source>It reports something that is not as usual.</source>
        <translation>Il signale quelque chose d&apos;inhabituel.</translation>
    </message>
    <message>
        <source>Work goes on; it may not for long.</source>
        <translation>Le travail continue ; peut-être pas longtemps.</translation>
    </message>
    <message>
        <source>A bay is not as expected</source>
        <translation>Une place n&apos;est pas comme prévu</translation>
    </message>
    <message>
        <source>A vehicle does not arrive, or stands where none was sent.</source>
        <translation>Un véhicule n&apos;arrive pas, ou se trouve où aucun n&apos;a été envoyé.</translation>
    </message>
    <message>
        <source>Case and vehicle may not belong together.</source>
        <translation>Cas et véhicule peuvent ne pas aller ensemble.</translation>
    </message>
    <message>
        <source>Look at the bay; send the driver.</source>
        <translation>Regarder la place ; envoyer le chauffeur.</translation>
    </message>
    <message>
        <source>Go and look</source>
        <translation>Aller voir</translation>
    </message>
    <message>
        <source>The lane cannot go on without somebody there.</source>
        <translation>La voie ne peut continuer sans quelqu&apos;un sur place.</translation>
    </message>
    <message>
        <source>The vehicle waits.</source>
        <translation>Le véhicule attend.</translation>
    </message>
    <message>
        <source>Do what the words beside it say.</source>
        <translation>Faire ce que disent les mots à côté.</translation>
    </message>
    <message>
        <source>alarm raised</source>
        <translation>alarme apparue</translation>
    </message>
    <message>
        <source>alarm returned</source>
        <translation>alarme disparue</translation>
    </message>
    <message>
        <source>alarm acknowledged</source>
        <translation>alarme acquittée</translation>
    </message>
    <message>
        <source>alarm shelved</source>
        <translation>alarme mise de côté</translation>
    </message>
    <message>
        <source>alarm unshelved</source>
        <translation>alarme remise</translation>
    </message>
    <message>
        <source>alarm suppressed</source>
        <translation>alarme masquée</translation>
    </message>
    <message>
        <source>alarm no longer suppressed</source>
        <translation>alarme non masquée</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>par %1</translation>
    </message>
    <message>
        <source>for %1 min by %2: %3</source>
        <translation>pendant %1 min par %2 : %3</translation>
    </message>
    <message>
        <source>time is over</source>
        <translation>le temps est écoulé</translation>
    </message>
    <message>
        <source>alarm %1: it does not stand any more</source>
        <translation>alarme %1 : elle n&apos;est plus présente</translation>
    </message>
    <message>
        <source>alarm %1: it was raised anew meanwhile; look at it again</source>
        <translation>alarme %1 : réapparue entre-temps ; la regarder de nouveau</translation>
    </message>
    <message>
        <source>alarm %1: its device does not answer, so nobody can see it</source>
        <translation>alarme %1 : son appareil ne répond pas, nul ne peut la voir</translation>
    </message>
    <message>
        <source>alarm %1: it is shelved</source>
        <translation>alarme %1 : mise de côté</translation>
    </message>
    <message>
        <source>alarm %1: acknowledged by %2</source>
        <translation>alarme %1 : acquittée par %2</translation>
    </message>
    <message>
        <source>alarm %1: what ends work or is of high priority is not shelved</source>
        <translation>alarme %1 : ce qui arrête le travail ou est de haute priorité ne se met pas de côté</translation>
    </message>
    <message>
        <source>alarm %1: it is not shelved</source>
        <translation>alarme %1 : pas mise de côté</translation>
    </message>
    <message>
        <source>this lane does not take %1</source>
        <translation>cette voie ne prend pas %1</translation>
    </message>
    <message>
        <source>ready; vehicle %1 comes to be scanned again</source>
        <translation>prêt ; le véhicule %1 revient pour être rescanné</translation>
    </message>
    <message>
        <source>vehicle %1 was sent round to be scanned again and does not come</source>
        <translation>le véhicule %1, renvoyé à l&apos;entrée pour être rescanné, n&apos;arrive pas</translation>
    </message>
    <message>
        <source>it may be vehicle %1, which was sent round to be scanned again</source>
        <translation>c&apos;est peut-être le véhicule %1, renvoyé à l&apos;entrée pour être rescanné</translation>
    </message>
    <message>
        <source>too many vehicles are on their way to be scanned again</source>
        <translation>trop de véhicules reviennent déjà pour être rescannés</translation>
    </message>
    <message>
        <source>the vehicle is in the lane again: decide on its new scan</source>
        <translation>le véhicule est de nouveau dans la voie : décidez sur son nouveau scan</translation>
    </message>
    <message>
        <source>the vehicle is on its way to be scanned again: another agency or an inspection must take the case on</source>
        <translation>le véhicule revient pour être rescanné : un autre service ou un contrôle doit reprendre le cas</translation>
    </message>
    <message>
        <source>the file is no photo: JPEG and PNG are taken</source>
        <translation>le fichier n&apos;est pas une photo : JPEG et PNG sont acceptés</translation>
    </message>
    <message>
        <source>the photo is larger than 8 MiB; take it smaller</source>
        <translation>la photo dépasse 8 Mio ; prenez-la plus petite</translation>
    </message>
    <message>
        <source>the case has %1 photos already</source>
        <translation>le cas a déjà %1 photos</translation>
    </message>
    <message>
        <source>the case was not referred to a physical inspection</source>
        <translation>le cas n&apos;a pas été envoyé au contrôle physique</translation>
    </message>
    <message>
        <source>you referred this case yourself; another records what was found</source>
        <translation>vous avez envoyé ce cas vous-même ; un autre enregistre ce qui a été trouvé</translation>
    </message>
    <message>
        <source>finding %1</source>
        <translation>signalement %1</translation>
    </message>
    <message>
        <source>the rest</source>
        <translation>le reste</translation>
    </message>
    <message>
        <source>say what was found, where and how much</source>
        <translation>dites ce qui a été trouvé, où et combien</translation>
    </message>
    <message>
        <source>another cause needs words that say which</source>
        <translation>une autre cause demande des mots qui la nomment</translation>
    </message>
    <message>
        <source>say in words what was done</source>
        <translation>dites en mots ce qui a été fait</translation>
    </message>
    <message>
        <source>the ticket is closed already</source>
        <translation>le ticket est déjà clos</translation>
    </message>
    <message>
        <source>this lane has no accounts, so that nobody can sign</source>
        <translation>cette voie n&apos;a pas de comptes, personne ne peut donc signer</translation>
    </message>
    <message>
        <source>two persons sign a handover; both names are the same</source>
        <translation>deux personnes signent une relève ; les deux noms sont les mêmes</translation>
    </message>
    <message>
        <source>the list is too old to be signed; look at the new one first</source>
        <translation>la liste est trop ancienne pour être signée ; regardez d&apos;abord la nouvelle</translation>
    </message>
    <message>
        <source>the list has been signed meanwhile; look at the new one first</source>
        <translation>la liste a été signée entre-temps ; regardez d&apos;abord la nouvelle</translation>
    </message>
    <message>
        <source>who hands over</source>
        <translation>qui passe la relève</translation>
    </message>
    <message>
        <source>who takes over</source>
        <translation>qui prend la relève</translation>
    </message>
    <message>
        <source>%1 may not hand a shift over</source>
        <translation>%1 ne peut pas passer de relève</translation>
    </message>
    <message>
        <source>until %1, by %2: %3</source>
        <translation>jusqu&apos;à %1, par %2 : %3</translation>
    </message>
    <message>
        <source>its verified gross mass of %1 leaves %2 without the container, as the image shows.</source>
        <translation>sa masse brute vérifiée de %1 laisse %2 sans le conteneur, comme le montre l&apos;image.</translation>
    </message>
    <message>
        <source>its verified gross mass of %1 leaves %2 without the container, as the image shows; the declaration does not agree with what was weighed.</source>
        <translation>sa masse brute vérifiée de %1 laisse %2 sans le conteneur, comme le montre l&apos;image ; la déclaration ne concorde pas avec la pesée.</translation>
    </message>
    <message>
        <source>its verified gross mass of %1 leaves %2 without the container, and the image shows about %3, %4 more.</source>
        <translation>sa masse brute vérifiée de %1 laisse %2 sans le conteneur, et l&apos;image montre environ %3, soit %4 de plus.</translation>
    </message>
    <message>
        <source>its verified gross mass of %1 leaves %2 without the container, and the image shows about %3, %4 less.</source>
        <translation>sa masse brute vérifiée de %1 laisse %2 sans le conteneur, et l&apos;image montre environ %3, soit %4 de moins.</translation>
    </message>
    <message>
        <source>about %1 are not declared.</source>
        <translation>environ %1 ne sont pas déclarés.</translation>
    </message>
    <message>
        <source>If they are more of the declared goods, goods of %1 are not declared and %2 of duties and taxes are at stake.</source>
        <translation>S&apos;il s&apos;agit des mêmes marchandises que celles déclarées, %1 de marchandises ne sont pas déclarés et %2 de droits et taxes sont en jeu.</translation>
    </message>
    <message>
        <source>By the image&apos;s 90 % interval it is %1.</source>
        <translation>D&apos;après l&apos;intervalle à 90 % de l&apos;image : %1.</translation>
    </message>
    <message>
        <source>By the image&apos;s 90 % interval, and by which of the %1 items they belong to, it is %2.</source>
        <translation>D&apos;après l&apos;intervalle à 90 % de l&apos;image, et selon celui des %1 articles dont il s&apos;agit : %2.</translation>
    </message>
    <message>
        <source>Items without mass, value or rate, left out: %1.</source>
        <translation>Articles sans masse, valeur ou taux, non comptés : %1.</translation>
    </message>
    <message>
        <source>Other goods may owe more or less.</source>
        <translation>D&apos;autres marchandises peuvent devoir plus ou moins.</translation>
    </message>
    <message>
        <source>the revenue at stake cannot be said: %1.</source>
        <translation>les recettes en jeu ne peuvent être chiffrées : %1.</translation>
    </message>
    <message>
        <source>it is declared empty, so what it holds has no declared value</source>
        <translation>il est déclaré vide : ce qu&apos;il contient n&apos;a pas de valeur déclarée</translation>
    </message>
    <message>
        <source>none of its goods has a mass, a value in one currency and a rate in the tariff</source>
        <translation>aucune de ses marchandises n&apos;a une masse, une valeur dans une seule monnaie et un taux au tarif</translation>
    </message>
    <message>
        <source>%1 less than declared is in the image; less goods owe no more, but a refund or export aid claimed on them would be at stake.</source>
        <translation>il y a sur l&apos;image %1 de moins que déclaré ; moins de marchandises ne doivent pas plus, mais un remboursement ou une aide à l&apos;exportation demandés pour elles seraient en jeu.</translation>
    </message>
    <message>
        <source>the case is not decided yet; its report can be printed after that</source>
        <translation>le dossier n’est pas encore décidé ; son rapport pourra être imprimé ensuite</translation>
    </message>
    <message>
        <source>this lane prints no reports</source>
        <translation>cette voie n’imprime pas de rapports</translation>
    </message>
    <message>
        <source>the report was not ready after %1 s</source>
        <translation>le rapport n’était pas prêt après %1 s</translation>
    </message>
    <message>
        <source>the report was not made (%1): %2</source>
        <translation>le rapport n’a pas été fait (%1) : %2</translation>
    </message>
    <message>
        <source>the case is not decided yet; it can be a reference after that</source>
        <translation>le dossier n’est pas encore décidé ; il pourra être une référence ensuite</translation>
    </message>
    <message>
        <source>the case has no image to compare with</source>
        <translation>le dossier n’a pas d’image à comparer</translation>
    </message>
    <message>
        <source>no goods of chapter %1 are declared in it</source>
        <translation>aucune marchandise du chapitre %1 n’y est déclarée</translation>
    </message>
    <message>
        <source>An officer says that none of the %1 declarations that name this vehicle belongs to it.</source>
        <translation>Un agent dit qu’aucune des %1 déclarations qui nomment ce véhicule ne lui appartient.</translation>
    </message>
    <message>
        <source>the case is decided; its declarations stand</source>
        <translation>le cas est décidé ; ses déclarations restent</translation>
    </message>
    <message>
        <source>the declarations of this case are not in doubt</source>
        <translation>les déclarations de ce cas ne font pas de doute</translation>
    </message>
    <message>
        <source>the declarations of this case are others now than were shown; look at them first</source>
        <translation>les déclarations de ce cas ne sont plus celles qui étaient affichées ; regardez-les d’abord</translation>
    </message>
    <message>
        <source>the case has no declaration %1</source>
        <translation>le cas n’a pas de déclaration %1</translation>
    </message>
    <message>
        <source>the checks are being made again with the declaration that was chosen</source>
        <translation>les contrôles sont refaits avec la déclaration choisie</translation>
    </message>
    <message>
        <source>a decision is being taken</source>
        <translation>une décision est en cours</translation>
    </message>
    <message>
        <source>Customs keeps a vehicle that was released</source>
        <translation>La douane retient un véhicule libéré</translation>
    </message>
    <message>
        <source>Customs ordered it after the decision.</source>
        <translation>La douane l&apos;a ordonné après la décision.</translation>
    </message>
    <message>
        <source>Goods that customs keeps may leave.</source>
        <translation>Des marchandises retenues par la douane peuvent partir.</translation>
    </message>
    <message>
        <source>Stop the vehicle before it leaves; a supervisor overrides the release.</source>
        <translation>Arrêter le véhicule avant son départ ; un superviseur annule la mainlevée.</translation>
    </message>
    <message>
        <source>this vehicle</source>
        <translation>ce véhicule</translation>
    </message>
    <message>
        <source>customs holds it [%1].</source>
        <translation>la douane le retient [%1].</translation>
    </message>
    <message>
        <source>customs says that it must not be loaded [%1].</source>
        <translation>la douane interdit de le charger [%1].</translation>
    </message>
    <message>
        <source>customs asks for a control of it [%1].</source>
        <translation>la douane demande son contrôle [%1].</translation>
    </message>
    <message>
        <source>customs asks for high-risk screening of it [%1].</source>
        <translation>la douane demande un contrôle de sûreté à haut risque [%1].</translation>
    </message>
    <message>
        <source>customs asks for its documents [%1].</source>
        <translation>la douane demande ses documents [%1].</translation>
    </message>
    <message>
        <source>customs told of it in a code that no list holds, which is no release [%1].</source>
        <translation>la douane a transmis un code absent de toute liste, ce qui n&apos;est pas une mainlevée [%1].</translation>
    </message>
    <message>
        <source>customs has lifted what it ordered [%1], by [%2].</source>
        <translation>la douane a levé ce qu&apos;elle avait ordonné [%1], par [%2].</translation>
    </message>
    <message>
        <source>customs keeps the goods; decide otherwise, and a supervisor may override it</source>
        <translation>la douane retient les marchandises ; décider autrement, un superviseur peut passer outre</translation>
    </message>
    <message>
        <source>say in the remark how what customs asks for was dealt with</source>
        <translation>dire dans la remarque comment la demande de la douane a été traitée</translation>
    </message>
    <message>
        <source>after the release</source>
        <translation>après la mainlevée</translation>
    </message>
    <message>
        <source>the load looks as goods of %1 did in %2; other goods may look the same.</source>
        <translation>le chargement ressemble aux marchandises du %1 vues dans %2 ; d’autres marchandises peuvent avoir le même aspect.</translation>
    </message>
    <message>
        <source>the load does not look like goods of %1: %2 in %3.</source>
        <translation>le chargement ne ressemble pas aux marchandises du %1 : %2 dans %3.</translation>
    </message>
    <message>
        <source>whether the load looks like the goods declared is not known: %1.</source>
        <translation>on ne sait pas si le chargement ressemble aux marchandises déclarées : %1.</translation>
    </message>
    <message>
        <source>%1 of its mass is organic matter, and of such goods %2</source>
        <translation>%1 de sa masse est de la matière organique, et pour de telles marchandises %2</translation>
    </message>
    <message>
        <source>%1 of its mass is light inorganic matter, and of such goods %2</source>
        <translation>%1 de sa masse est de la matière inorganique légère, et pour de telles marchandises %2</translation>
    </message>
    <message>
        <source>%1 of its mass is metal, and of such goods %2</source>
        <translation>%1 de sa masse est du métal, et pour de telles marchandises %2</translation>
    </message>
    <message>
        <source>%1 of its mass is heavy metal, and of such goods %2</source>
        <translation>%1 de sa masse est du métal lourd, et pour de telles marchandises %2</translation>
    </message>
    <message>
        <source>%1 of it cannot be seen through, and of such goods at most %2</source>
        <translation>%1 n’est pas traversé par les rayons, et pour de telles marchandises au plus %2</translation>
    </message>
    <message>
        <source>its areal density is %1, and that of such goods %2</source>
        <translation>sa masse surfacique est de %1, et celle de telles marchandises %2</translation>
    </message>
    <message>
        <source>its mass per volume is %1, and that of such goods %2</source>
        <translation>sa masse par volume est de %1, et celle de telles marchandises %2</translation>
    </message>
    <message>
        <source>its unevenness is %1, and that of such goods %2</source>
        <translation>son irrégularité est de %1, et celle de telles marchandises %2</translation>
    </message>
    <message>
        <source>its texture is %1, and that of such goods %2</source>
        <translation>sa texture est de %1, et celle de telles marchandises %2</translation>
    </message>
    <message>
        <source>which of its declarations holds is not known</source>
        <translation>on ne sait pas laquelle de ses déclarations est valable</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>il est vide</translation>
    </message>
    <message>
        <source>too little of the load was measured</source>
        <translation>une trop petite partie du chargement a été mesurée</translation>
    </message>
    <message>
        <source>item %1 of %2 has no HS code</source>
        <translation>l’article %1 de %2 n’a pas de code SH</translation>
    </message>
    <message>
        <source>no goods are declared for it</source>
        <translation>aucune marchandise n’est déclarée pour lui</translation>
    </message>
    <message>
        <source>what goods look like was learnt from simulated scans only</source>
        <translation>l’aspect des marchandises n’a été appris que d’images simulées</translation>
    </message>
    <message>
        <source>no scan of HS chapter %1 has taught what it looks like</source>
        <translation>aucune image du chapitre SH %1 n’en a appris l’aspect</translation>
    </message>
    <message>
        <source>of HS chapter %1 only %2 scans are known, and %3 are needed</source>
        <translation>du chapitre SH %1, seules %2 images sont connues, et il en faut %3</translation>
    </message>
    <message>
        <source>No container was found, so its goods cannot be compared.</source>
        <translation>Aucun conteneur n’a été trouvé, ses marchandises ne peuvent donc pas être comparées.</translation>
    </message>
    <message>
        <source>HS chapters %1 and %2</source>
        <translation>chapitres SH %1 et %2</translation>
    </message>
    <message>
        <source>HS chapter %1</source>
        <translation>chapitre SH %1</translation>
    </message>
    <message>
        <source>between %1 and %2</source>
        <translation>entre %1 et %2</translation>
    </message>
    <message>
        <source>%1 simulated scans</source>
        <translation>%1 images simulées</translation>
    </message>
    <message>
        <source>%1 scans</source>
        <translation>%1 images</translation>
    </message>
    <message>
        <source>Declaration %1: %2</source>
        <translation>Déclaration %1 : %2</translation>
    </message>
    <message>
        <source>the containers of this vehicle are being decided on one by one: decide on each that is left</source>
        <translation>les conteneurs de ce véhicule sont décidés un par un : décidez de chacun de ceux qui restent</translation>
    </message>
    <message>
        <source>container %1 is decided already; decide on the others</source>
        <translation>le conteneur %1 est déjà décidé ; décidez des autres</translation>
    </message>
    <message>
        <source>calibration no longer fits: %1; take dark and air anew</source>
        <translation>l&apos;étalonnage ne convient plus : %1 ; refaire le noir et l&apos;air</translation>
    </message>
    <message>
        <source>calibration is %1 hours old, allowed are %2: calibrate</source>
        <translation>l&apos;étalonnage a %1 heures, %2 admises : étalonner</translation>
    </message>
    <message>
        <source>calibration is %1 hours old, allowed are %2</source>
        <translation>l&apos;étalonnage a %1 heures, %2 admises</translation>
    </message>
    <message>
        <source>commissioning data and wedges are %1 days old, allowed are %2; measure them anew</source>
        <translation>les données de mise en service et les coins ont %1 jours, %2 admis ; les remesurer</translation>
    </message>
    <message>
        <source>detector is %1 degC from its dark frame, allowed are %2</source>
        <translation>le détecteur est à %1 degC de son image de noir, %2 admis</translation>
    </message>
    <message>
        <source>dose is %1 % from that of the air frames, allowed are %2</source>
        <translation>la dose est à %1 % de celle des images d&apos;air, %2 admis</translation>
    </message>
    <message>
        <source>air behind the load is %1 % from the air frames, allowed are %2</source>
        <translation>l&apos;air derrière le chargement est à %1 % des images d&apos;air, %2 admis</translation>
    </message>
    <message>
        <source>air is %1 % from the air frames, allowed are %2</source>
        <translation>l&apos;air est à %1 % des images d&apos;air, %2 admis</translation>
    </message>
    <message>
        <source>%1 pixels in air behind the load have changed by more than %2 %</source>
        <translation>%1 pixels dans l&apos;air derrière le chargement ont changé de plus de %2 %</translation>
    </message>
    <message>
        <source>%1 pixels in air have changed by more than %2 %</source>
        <translation>%1 pixels dans l&apos;air ont changé de plus de %2 %</translation>
    </message>
    <message>
        <source>module %1 silent</source>
        <translation>module %1 muet</translation>
    </message>
    <message>
        <source>module %1 dead</source>
        <translation>module %1 mort</translation>
    </message>
    <message>
        <source>%1 line without a sound detector temperature</source>
        <translation>%1 ligne sans température fiable du détecteur</translation>
    </message>
    <message>
        <source>%1 lines without a sound detector temperature</source>
        <translation>%1 lignes sans température fiable du détecteur</translation>
    </message>
    <message>
        <source>%1 pixel went bad during the scan</source>
        <translation>%1 pixel est devenu mauvais pendant le scan</translation>
    </message>
    <message>
        <source>%1 pixels went bad during the scan</source>
        <translation>%1 pixels sont devenus mauvais pendant le scan</translation>
    </message>
    <message>
        <source>%1 line saturated: %2</source>
        <translation>%1 ligne saturée : %2</translation>
    </message>
    <message>
        <source>%1 lines saturated: %2</source>
        <translation>%1 lignes saturées : %2</translation>
    </message>
    <message>
        <source>%1 line saturated</source>
        <translation>%1 ligne saturée</translation>
    </message>
    <message>
        <source>%1 lines saturated</source>
        <translation>%1 lignes saturées</translation>
    </message>
    <message>
        <source>%1 pixel at full scale, in module %2</source>
        <translation>%1 pixel à pleine échelle, dans le module %2</translation>
    </message>
    <message>
        <source>%1 pixels at full scale, in module %2</source>
        <translation>%1 pixels à pleine échelle, dans le module %2</translation>
    </message>
    <message>
        <source>%1 pixels at full scale, in modules %2 and %3</source>
        <translation>%1 pixels à pleine échelle, dans les modules %2 et %3</translation>
    </message>
    <message>
        <source>%1 pixels at full scale, in %2 modules</source>
        <translation>%1 pixels à pleine échelle, dans %2 modules</translation>
    </message>
    <message>
        <source>%1 line repeated a pulse number</source>
        <translation>%1 ligne a répété un numéro d&apos;impulsion</translation>
    </message>
    <message>
        <source>%1 lines repeated a pulse number</source>
        <translation>%1 lignes ont répété un numéro d&apos;impulsion</translation>
    </message>
    <message>
        <source>no line of low energy measured anything: its image is estimated from the high one as for aluminium, no material is told, mass is as of middle goods</source>
        <translation>aucune ligne de basse énergie n&apos;a rien mesuré : son image est estimée d&apos;après la haute comme pour l&apos;aluminium, aucune matière n&apos;est dite, la masse est celle de marchandises moyennes</translation>
    </message>
    <message>
        <source>no line of high energy measured anything: its image is estimated from the low one as for aluminium, no material is told, mass is as of middle goods</source>
        <translation>aucune ligne de haute énergie n&apos;a rien mesuré : son image est estimée d&apos;après la basse comme pour l&apos;aluminium, aucune matière n&apos;est dite, la masse est celle de marchandises moyennes</translation>
    </message>
    <message>
        <source>all dark: no line saw the beam; check the source and what is before it</source>
        <translation>tout est noir : aucune ligne n&apos;a vu le faisceau ; vérifier la source et ce qui est devant</translation>
    </message>
    <message>
        <source>%1 line left out: its encoder count is impossible</source>
        <translation>%1 ligne écartée : son compte de codeur est impossible</translation>
    </message>
    <message>
        <source>%1 lines left out: their encoder counts are impossible</source>
        <translation>%1 lignes écartées : leurs comptes de codeur sont impossibles</translation>
    </message>
    <message>
        <source>%1 line left out: the scan had turned back by more than %2 mm</source>
        <translation>%1 ligne écartée : le scan avait reculé de plus de %2 mm</translation>
    </message>
    <message>
        <source>%1 lines left out: the scan had turned back by more than %2 mm</source>
        <translation>%1 lignes écartées : le scan avait reculé de plus de %2 mm</translation>
    </message>
    <message>
        <source>A block much denser than the goods around it, about %1 x %2 cm; noise hides its material.</source>
        <translation>Un bloc bien plus dense que les marchandises autour, environ %1 x %2 cm ; le bruit cache sa matière.</translation>
    </message>
    <message>
        <source>say first what you see in the image; the findings appear then</source>
        <translation>dites d&apos;abord ce que vous voyez dans l&apos;image ; les constats apparaissent ensuite</translation>
    </message>
    <message>
        <source>the findings are shown already</source>
        <translation>les constats sont déjà affichés</translation>
    </message>
    <message>
        <source>the random draws of this vehicle are being asked for; try again</source>
        <translation>les tirages au sort de ce véhicule sont demandés ; réessayez</translation>
    </message>
    <message>
        <source>the case is being judged again with the identity that was confirmed</source>
        <translation>le dossier est jugé à nouveau avec l&apos;identité confirmée</translation>
    </message>
    <message>
        <source>the case is decided; its identity stands</source>
        <translation>le dossier est décidé ; son identité reste</translation>
    </message>
    <message>
        <source>the case is not judged yet; correct it then</source>
        <translation>le dossier n&apos;est pas encore jugé ; corrigez-le ensuite</translation>
    </message>
    <message>
        <source>a container of this vehicle is decided on already by its number</source>
        <translation>un conteneur de ce véhicule est déjà décidé sous son numéro</translation>
    </message>
    <message>
        <source>the case has this identity already</source>
        <translation>le dossier a déjà cette identité</translation>
    </message>
    <message>
        <source>nobody has said whose vehicle it is; say it, and another confirms</source>
        <translation>personne n&apos;a dit à qui est le véhicule ; dites-le, et une autre personne confirme</translation>
    </message>
    <message>
        <source>another identity was proposed meanwhile; look at it first</source>
        <translation>une autre identité a été proposée entre-temps ; regardez-la d&apos;abord</translation>
    </message>
    <message>
        <source>who said whose vehicle it is does not confirm it; another has to</source>
        <translation>qui a dit à qui est le véhicule ne le confirme pas ; une autre personne doit le faire</translation>
    </message>
    <message>
        <source>container number %1 has not eleven characters</source>
        <translation>le numéro de conteneur %1 n&apos;a pas onze caractères</translation>
    </message>
    <message>
        <source>container number %1 does not begin with three letters of its owner</source>
        <translation>le numéro de conteneur %1 ne commence pas par trois lettres de son propriétaire</translation>
    </message>
    <message>
        <source>container number %1 has none of U, J and Z as its fourth letter</source>
        <translation>le numéro de conteneur %1 n&apos;a ni U, ni J, ni Z en quatrième lettre</translation>
    </message>
    <message>
        <source>container number %1 does not end with seven digits</source>
        <translation>le numéro de conteneur %1 ne finit pas par sept chiffres</translation>
    </message>
    <message>
        <source>container number %1 has another check digit: a character is not right</source>
        <translation>le numéro de conteneur %1 a un autre chiffre de contrôle : un caractère est faux</translation>
    </message>
    <message>
        <source>container number %1 is there twice</source>
        <translation>le numéro de conteneur %1 y est deux fois</translation>
    </message>
    <message>
        <source>neither a plate nor a container number is given</source>
        <translation>ni plaque ni numéro de conteneur n&apos;est donné</translation>
    </message>
    <message>
        <source>not judged again with its identity: %1</source>
        <translation>pas jugé à nouveau avec son identité : %1</translation>
    </message>
    <message>
        <source>the camera&apos;s reference does not lie in the folder of its pictures</source>
        <translation>la référence de la caméra n’est pas dans le dossier de ses images</translation>
    </message>
    <message>
        <source>the folder of the cameras&apos; pictures cannot be read</source>
        <translation>le dossier des images des caméras ne peut pas être lu</translation>
    </message>
    <message>
        <source>the picture is larger than 8 MiB</source>
        <translation>l’image dépasse 8 Mio</translation>
    </message>
    <message>
        <source>the camera&apos;s picture did not come within a minute</source>
        <translation>l’image de la caméra n’est pas arrivée en une minute</translation>
    </message>
    <message>
        <source>the camera&apos;s file is no picture: JPEG and PNG are taken</source>
        <translation>le fichier de la caméra n’est pas une image : JPEG et PNG sont acceptés</translation>
    </message>
    <message>
        <source>the camera&apos;s picture ends before its end</source>
        <translation>l’image de la caméra est tronquée</translation>
    </message>
    <message>
        <source>customs has invalidated it, so that it declares nothing any more [%1].</source>
        <translation>la douane l&apos;a invalidée, elle ne déclare donc plus rien [%1].</translation>
    </message>
    <message>
        <source>customs has amended it since it was lodged [%1].</source>
        <translation>la douane l&apos;a modifiée depuis son dépôt [%1].</translation>
    </message>
    <message>
        <source>customs has amended it, and not all of that can be compared here [%1].</source>
        <translation>la douane l&apos;a modifiée, et tout ne peut pas être comparé ici [%1].</translation>
    </message>
    <message>
        <source>its declarant has asked customs to amend it and has no answer yet [%1].</source>
        <translation>son déclarant a demandé à la douane de la modifier et n&apos;a pas encore de réponse [%1].</translation>
    </message>
    <message>
        <source>its declarant has asked customs to cancel it and has no answer yet [%1].</source>
        <translation>son déclarant a demandé à la douane de l&apos;annuler et n&apos;a pas encore de réponse [%1].</translation>
    </message>
    <message>
        <source>customs has dealt with what its declarant asked for [%1], by [%2].</source>
        <translation>la douane a traité ce que son déclarant avait demandé [%1], par [%2].</translation>
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
        <translation>au moins %1</translation>
    </message>
    <message>
        <source>%1 m ± %2</source>
        <translation>%1 m ± %2</translation>
    </message>
    <message>
        <source>cannot be measured here</source>
        <translation>non mesurable ici</translation>
    </message>
    <message>
        <source>%1 kg (%2 to %3) above what is beside it</source>
        <translation>%1 kg (%2 à %3) en plus de ce qui est à côté</translation>
    </message>
    <message>
        <source>%1 kg (%2 to %3) with all in its rays</source>
        <translation>%1 kg (%2 à %3) avec tout ce que traversent les rayons</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::AlarmModel</name>
    <message>
        <source>acknowledged by %1</source>
        <translation>acquittée par %1</translation>
    </message>
    <message>
        <source>gone, not acknowledged</source>
        <translation>disparue, non acquittée</translation>
    </message>
    <message>
        <source>shelved until %1 by %2: %3</source>
        <translation>mise de côté jusqu&apos;au %1 par %2 : %3</translation>
    </message>
    <message>
        <source>not to be seen: its device is lost</source>
        <translation>invisible : son appareil ne répond plus</translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation>non acquittée</translation>
    </message>
    <message>
        <source>First: %1</source>
        <translation>Première : %1</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>Non pris : %1</translation>
    </message>
    <message>
        <source>%1 in the last 10 min, %2 on average over 24 h; at most 1 is wanted</source>
        <translation>%1 ces 10 dernières min, %2 en moyenne sur 24 h ; 1 au plus est souhaitée</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::CaseModel</name>
    <message>
        <source>cannot say</source>
        <translation>indéterminé</translation>
    </message>
    <message>
        <source>seen %1, declared %2</source>
        <translation>vu %1, déclaré %2</translation>
    </message>
    <message>
        <source>No case</source>
        <translation>Aucun cas</translation>
    </message>
    <message>
        <source>seal&#xa0;%1</source>
        <translation>scellé %1</translation>
    </message>
    <message>
        <source>No container number read</source>
        <translation>Aucun numéro de conteneur lu</translation>
    </message>
    <message>
        <source>plate %1</source>
        <translation>plaque %1</translation>
    </message>
    <message>
        <source>Tailgated</source>
        <translation>Suivi de trop près</translation>
    </message>
    <message>
        <source>Number not readable</source>
        <translation>Numéro illisible</translation>
    </message>
    <message>
        <source>Load on two vehicles</source>
        <translation>Chargement sur deux véhicules</translation>
    </message>
    <message>
        <source>Identity in doubt</source>
        <translation>Identité douteuse</translation>
    </message>
    <message>
        <source>Cannot be read: %1</source>
        <translation>Illisible : %1</translation>
    </message>
    <message numerus="yes">
        <source>%n declaration(s) name this vehicle; the documents must tell which one holds</source>
        <translation>
            <numerusform>%n déclaration nomme ce véhicule ; les documents doivent dire si elle vaut</numerusform>
            <numerusform>%n déclarations nomment ce véhicule ; les documents doivent dire laquelle vaut</numerusform>
        </translation>
    </message>
    <message>
        <source>Declarations could not be asked for: %1</source>
        <translation>Les déclarations n&apos;ont pu être demandées : %1</translation>
    </message>
    <message>
        <source>No declaration found for this vehicle</source>
        <translation>Aucune déclaration trouvée pour ce véhicule</translation>
    </message>
    <message>
        <source>Declaration: looking</source>
        <translation>Déclaration : recherche</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Signalements</translation>
    </message>
    <message>
        <source>Findings: not yet</source>
        <translation>Signalements : pas encore</translation>
    </message>
    <message>
        <source>Findings: none</source>
        <translation>Signalements : aucun</translation>
    </message>
    <message>
        <source>Findings, all answered</source>
        <translation>Signalements, tous traités</translation>
    </message>
    <message numerus="yes">
        <source>Findings, %n to answer</source>
        <translation>
            <numerusform>Signalements, %n à traiter</numerusform>
            <numerusform>Signalements, %n à traiter</numerusform>
        </translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Décidé</translation>
    </message>
    <message>
        <source>%1 by %2: %3</source>
        <translation>%1 par %2 : %3</translation>
    </message>
    <message>
        <source>Goes to hold in %1:%2.</source>
        <translation>Retenu dans %1:%2.</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>rien trouvé</translation>
    </message>
    <message>
        <source>not examined</source>
        <translation>non examiné</translation>
    </message>
    <message>
        <source>found %1, %2, %3</source>
        <translation>trouvé : %1, %2, %3</translation>
    </message>
    <message>
        <source>Opened: %1.</source>
        <translation>Ouvert : %1.</translation>
    </message>
    <message>
        <source>Inspected by %1. The rest of the load: %2.</source>
        <translation>Contrôlé par %1. Le reste du chargement : %2.</translation>
    </message>
    <message>
        <source>Old seal: %1.</source>
        <translation>Ancien scellé : %1.</translation>
    </message>
    <message>
        <source>New seal: %1.</source>
        <translation>Nouveau scellé : %1.</translation>
    </message>
    <message>
        <source>Scanned again; the scan before is %1</source>
        <translation>Rescanné ; le scan précédent est %1</translation>
    </message>
    <message>
        <source>This vehicle was scanned again: %1</source>
        <translation>Ce véhicule a été rescanné : %1</translation>
    </message>
    <message numerus="yes">
        <source>None of the %n declaration(s) that name this vehicle belongs to it, says %1</source>
        <translation>
            <numerusform>La %n déclaration qui nomme ce véhicule ne lui appartient pas, dit %1</numerusform>
            <numerusform>Aucune des %n déclarations qui nomment ce véhicule ne lui appartient, dit %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Chosen by %1 among %n declaration(s)</source>
        <translation>
            <numerusform>Choisie par %1 parmi %n déclaration</numerusform>
            <numerusform>Choisie par %1 parmi %n déclarations</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 by %3</source>
        <translation>%1 : %2 par %3</translation>
    </message>
    <message>
        <source>Findings: after your own look</source>
        <translation>Constats : après votre propre lecture</translation>
    </message>
    <message>
        <source>%1 says whose vehicle it is: a second person has to confirm it (Ctrl I)</source>
        <translation>%1 dit à qui est le véhicule : une seconde personne doit le confirmer (Ctrl I)</translation>
    </message>
    <message>
        <source>Identity said by %1, confirmed by %2</source>
        <translation>Identité dite par %1, confirmée par %2</translation>
    </message>
    <message>
        <source>Came after the decision, and was not decided on: %1</source>
        <translation>Arrivée après la décision, sans en faire partie : %1</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::CompareModel</name>
    <message>
        <source>Not searched: %1</source>
        <translation>Recherche impossible : %1</translation>
    </message>
    <message>
        <source>Loading the scan of %1</source>
        <translation>Chargement du scan du %1</translation>
    </message>
    <message>
        <source>No container number and no reference: nothing to compare with</source>
        <translation>Ni numéro de conteneur ni référence : rien à comparer</translation>
    </message>
    <message>
        <source>No earlier scan of this container, and no reference</source>
        <translation>Aucun scan antérieur de ce conteneur, et aucune référence</translation>
    </message>
    <message>
        <source>Looking for scans to compare with</source>
        <translation>Recherche de scans à comparer</translation>
    </message>
    <message>
        <source>Reference, an empty container: scan of %1</source>
        <translation>Référence, conteneur vide : scan du %1</translation>
    </message>
    <message>
        <source>Reference, goods of chapter %1: scan of %2</source>
        <translation>Référence, marchandises du chapitre %1 : scan du %2</translation>
    </message>
    <message>
        <source>Earlier scan of %1</source>
        <translation>Scan antérieur du %1</translation>
    </message>
    <message>
        <source>%1 (%2 of %3)</source>
        <translation>%1 (%2 sur %3)</translation>
    </message>
    <message>
        <source>The scan of %1 cannot be shown: %2</source>
        <translation>Le scan du %1 ne peut être affiché : %2</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ComplaintModel</name>
    <message>
        <source>A ticket for maintenance is open.</source>
        <translation>Un ticket de maintenance est ouvert.</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>Non pris : %1</translation>
    </message>
    <message>
        <source>stripes</source>
        <translation>rayures</translation>
    </message>
    <message>
        <source>a part is missing</source>
        <translation>une partie manque</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>floue</translation>
    </message>
    <message>
        <source>noisy</source>
        <translation>bruitée</translation>
    </message>
    <message>
        <source>wrong colours</source>
        <translation>couleurs fausses</translation>
    </message>
    <message>
        <source>another cause</source>
        <translation>autre cause</translation>
    </message>
    <message>
        <source>Another cause needs words that say which.</source>
        <translation>Une autre cause demande des mots qui la nomment.</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Envoi en cours</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::DeclarationModel</name>
    <message>
        <source>names the container</source>
        <translation>nomme le conteneur</translation>
    </message>
    <message>
        <source>names the same UCR</source>
        <translation>porte le même UCR</translation>
    </message>
    <message>
        <source>names the plate</source>
        <translation>nomme la plaque</translation>
    </message>
    <message>
        <source>names the chassis</source>
        <translation>nomme le châssis</translation>
    </message>
    <message>
        <source>no goods declared</source>
        <translation>aucune marchandise déclarée</translation>
    </message>
    <message numerus="yes">
        <source>and %n more item(s)</source>
        <translation>
            <numerusform>et %n article de plus</numerusform>
            <numerusform>et %n articles de plus</numerusform>
        </translation>
    </message>
    <message>
        <source>declarant not named</source>
        <translation>déclarant non nommé</translation>
    </message>
    <message>
        <source>no container named</source>
        <translation>aucun conteneur nommé</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>Non pris : %1</translation>
    </message>
    <message>
        <source>No connection to the lane: not sent.</source>
        <translation>Pas de liaison avec la voie : non envoyé.</translation>
    </message>
    <message>
        <source>Your role does not decide cases.</source>
        <translation>Votre rôle ne décide pas des cas.</translation>
    </message>
    <message>
        <source>Nothing is in doubt any more.</source>
        <translation>Plus rien ne fait de doute.</translation>
    </message>
    <message>
        <source>Choose a declaration first, or none of these.</source>
        <translation>Choisissez d’abord une déclaration, ou aucune de celles-ci.</translation>
    </message>
    <message>
        <source>named by a scan order</source>
        <translation>nommée par un ordre de scan</translation>
    </message>
    <message>
        <source>names the container of a scan order</source>
        <translation>nomme le conteneur d&apos;un ordre de scan</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::IdentityModel</name>
    <message>
        <source>Not taken: %1</source>
        <translation>Non pris : %1</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Envoi en cours</translation>
    </message>
    <message>
        <source>plate %1</source>
        <translation>plaque %1</translation>
    </message>
    <message>
        <source>%1 says: %2. A second person has to confirm it.</source>
        <translation>%1 dit : %2. Une seconde personne doit le confirmer.</translation>
    </message>
    <message>
        <source>Plate</source>
        <translation>Plaque</translation>
    </message>
    <message>
        <source>Container</source>
        <translation>Conteneur</translation>
    </message>
    <message>
        <source>Container type</source>
        <translation>Type de conteneur</translation>
    </message>
    <message>
        <source>not taken</source>
        <translation>non retenu</translation>
    </message>
    <message>
        <source>This photo cannot be shown.</source>
        <translation>Cette photo ne peut pas être affichée.</translation>
    </message>
    <message>
        <source>The camera sent no picture with this reading.</source>
        <translation>La caméra n’a envoyé aucune image avec cette lecture.</translation>
    </message>
    <message>
        <source>Being fetched</source>
        <translation>En cours de chargement</translation>
    </message>
    <message>
        <source>camera %1, %2</source>
        <translation>caméra %1, %2</translation>
    </message>
    <message>
        <source>%1: nothing could be read; %2</source>
        <translation>%1 : rien n’a pu être lu ; %2</translation>
    </message>
    <message>
        <source>%1: %2, sure to %3 %; %4</source>
        <translation>%1 : %2, sûr à %3 % ; %4</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ImageStore</name>
    <message>
        <source>(%1 % around)</source>
        <translation>(%1 % autour)</translation>
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
        <translation>image standard</translation>
    </message>
    <message>
        <source>sweep</source>
        <translation>balayage</translation>
    </message>
    <message>
        <source>contrast %1 to %2</source>
        <translation>contraste %1 à %2</translation>
    </message>
    <message>
        <source>gamma %1</source>
        <translation>gamma %1</translation>
    </message>
    <message>
        <source>colours %1</source>
        <translation>couleurs %1</translation>
    </message>
    <message>
        <source>contrast</source>
        <translation>contraste</translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation>%1 : non</translation>
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
        <translation>Tout le conteneur</translation>
    </message>
    <message>
        <source>%1 to %2 m from the doors, %3 to %4 m above the floor</source>
        <translation>de %1 à %2 m des portes, de %3 à %4 m au-dessus du plancher</translation>
    </message>
    <message>
        <source>Photo not kept: %1</source>
        <translation>Photo non conservée : %1</translation>
    </message>
    <message>
        <source>Photo kept</source>
        <translation>Photo conservée</translation>
    </message>
    <message>
        <source>Not recorded: %1</source>
        <translation>Non enregistré : %1</translation>
    </message>
    <message>
        <source>Recorded; customs and the analyst are told.</source>
        <translation>Enregistré ; la douane et l&apos;analyste sont informés.</translation>
    </message>
    <message>
        <source>The rest of the load</source>
        <translation>Le reste du chargement</translation>
    </message>
    <message>
        <source>No photos in %1</source>
        <translation>Pas de photo dans %1</translation>
    </message>
    <message>
        <source>Choose a case first.</source>
        <translation>Choisissez d&apos;abord un cas.</translation>
    </message>
    <message>
        <source>Only files of this machine can be added.</source>
        <translation>Seuls des fichiers de cette machine peuvent être ajoutés.</translation>
    </message>
    <message>
        <source>Photo is being sent</source>
        <translation>Envoi de la photo</translation>
    </message>
    <message>
        <source>Your role does not record inspections.</source>
        <translation>Votre rôle n&apos;enregistre pas de contrôles.</translation>
    </message>
    <message>
        <source>Finding %1</source>
        <translation>Signalement %1</translation>
    </message>
    <message>
        <source>%1: say what was found.</source>
        <translation>%1 : dites ce qui a été trouvé.</translation>
    </message>
    <message>
        <source>%1: say what, where and how much.</source>
        <translation>%1 : dites quoi, où et combien.</translation>
    </message>
    <message>
        <source>Being recorded</source>
        <translation>Enregistrement en cours</translation>
    </message>
    <message>
        <source>No inspection waits</source>
        <translation>Aucun contrôle en attente</translation>
    </message>
    <message numerus="yes">
        <source>%n inspection(s) wait</source>
        <translation>
            <numerusform>%n contrôle en attente</numerusform>
            <numerusform>%n contrôles en attente</numerusform>
        </translation>
    </message>
    <message>
        <source>No case chosen</source>
        <translation>Aucun cas choisi</translation>
    </message>
    <message>
        <source>Recorded by %1</source>
        <translation>Enregistré par %1</translation>
    </message>
    <message>
        <source>No seal is declared</source>
        <translation>Aucun scellé déclaré</translation>
    </message>
    <message>
        <source>Declared: %1</source>
        <translation>Déclaré : %1</translation>
    </message>
    <message>
        <source>Drugs</source>
        <translation>Stupéfiants</translation>
    </message>
    <message>
        <source>Cigarettes</source>
        <translation>Cigarettes</translation>
    </message>
    <message>
        <source>Alcohol</source>
        <translation>Alcool</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>Argent</translation>
    </message>
    <message>
        <source>Weapons</source>
        <translation>Armes</translation>
    </message>
    <message>
        <source>Waste</source>
        <translation>Déchets</translation>
    </message>
    <message>
        <source>Other goods</source>
        <translation>Autres marchandises</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Personne</translation>
    </message>
    <message>
        <source>In the box on the image</source>
        <translation>Dans le cadre sur l&apos;image</translation>
    </message>
    <message>
        <source>At the doors</source>
        <translation>Aux portes</translation>
    </message>
    <message>
        <source>In the middle</source>
        <translation>Au milieu</translation>
    </message>
    <message>
        <source>At the front wall</source>
        <translation>À la paroi avant</translation>
    </message>
    <message>
        <source>In the floor</source>
        <translation>Dans le plancher</translation>
    </message>
    <message>
        <source>In the roof</source>
        <translation>Dans le toit</translation>
    </message>
    <message>
        <source>In a side wall</source>
        <translation>Dans une paroi latérale</translation>
    </message>
    <message>
        <source>In the cartons</source>
        <translation>Dans les cartons</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::LaneModel</name>
    <message>
        <source>Tripped first: %1</source>
        <translation>Premier déclenché : %1</translation>
    </message>
    <message>
        <source>Go and look</source>
        <translation>Aller voir</translation>
    </message>
    <message>
        <source>Bay %1</source>
        <translation>Place %1</translation>
    </message>
    <message>
        <source>%1: fault</source>
        <translation>%1 : défaut</translation>
    </message>
    <message>
        <source>%1: state not known</source>
        <translation>%1 : état inconnu</translation>
    </message>
    <message>
        <source>%1: needs attention</source>
        <translation>%1 : à surveiller</translation>
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
        <translation>plaque %1</translation>
    </message>
    <message>
        <source>No connection to the lane since %1</source>
        <translation>Pas de liaison avec la voie depuis %1</translation>
    </message>
    <message>
        <source>Lane</source>
        <translation>Voie</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Pas de liaison</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>inconnu</translation>
    </message>
    <message>
        <source>asked, granted</source>
        <translation>demandé, accordé</translation>
    </message>
    <message>
        <source>asked, not granted</source>
        <translation>demandé, non accordé</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>non demandé</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>arrêté</translation>
    </message>
    <message>
        <source>%1 mm/s back</source>
        <translation>%1 mm/s arrière</translation>
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
        <translation>sort. %1, %2</translation>
    </message>
    <message>
        <source>%1 µSv/h</source>
        <translation>%1 µSv/h</translation>
    </message>
    <message numerus="yes">
        <source>%n truck(s)</source>
        <translation>
            <numerusform>%n camion</numerusform>
            <numerusform>%n camions</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 today</source>
        <translation>%1 aujourd&apos;hui</translation>
    </message>
    <message>
        <source>
%1 s each</source>
        <translation>
%1 s chacun</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n ligne</numerusform>
            <numerusform>%n lignes</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, none lost</source>
        <translation>%1, aucune perdue</translation>
    </message>
    <message>
        <source>%1, %2 lost</source>
        <translation>%1, %2 perdues</translation>
    </message>
    <message>
        <source>%1 UTC</source>
        <translation>%1 UTC</translation>
    </message>
    <message>
        <source>%1 (gone)</source>
        <translation>%1 (disparue)</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::MarkModel</name>
    <message>
        <source>mark drawn</source>
        <translation>marque tracée</translation>
    </message>
    <message>
        <source>words written</source>
        <translation>texte écrit</translation>
    </message>
    <message>
        <source>mark taken away</source>
        <translation>marque retirée</translation>
    </message>
    <message>
        <source>along the line: highest %1 g/cm²</source>
        <translation>le long de la ligne : max. %1 g/cm²</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::OfficeClient</name>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 ne peut être lu : %2</translation>
    </message>
    <message>
        <source>%1 is larger than 8 MiB; take the photo smaller</source>
        <translation>%1 dépasse 8 Mio ; prenez une photo plus petite</translation>
    </message>
    <message>
        <source>the folder %1 cannot be made; see portcullis-hmi --export-folder</source>
        <translation>le dossier %1 ne peut être créé ; voir portcullis-hmi --export-folder</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 ne peut être écrit : %2</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::OperateController</name>
    <message>
        <source>%1 not accepted: %2</source>
        <translation>%1 non accepté : %2</translation>
    </message>
    <message>
        <source>Answer to finding %1 not taken: %2</source>
        <translation>Réponse au signalement %1 non prise : %2</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>Non pris : %1</translation>
    </message>
    <message>
        <source>Decision not taken: %1</source>
        <translation>Décision non prise : %1</translation>
    </message>
    <message>
        <source>Marks not kept: %1</source>
        <translation>Marques non gardées : %1</translation>
    </message>
    <message>
        <source>This lane has no bays</source>
        <translation>Cette voie n&apos;a pas de places</translation>
    </message>
    <message>
        <source>Bay %1 is empty</source>
        <translation>La place %1 est vide</translation>
    </message>
    <message>
        <source>Stop sent</source>
        <translation>Arrêt envoyé</translation>
    </message>
    <message>
        <source>%1 not sent: no connection to the lane</source>
        <translation>%1 non envoyé : pas de liaison avec la voie</translation>
    </message>
    <message>
        <source>%1 is not possible now: %2</source>
        <translation>%1 impossible maintenant : %2</translation>
    </message>
    <message>
        <source>No connection to the lane.</source>
        <translation>Pas de liaison avec la voie.</translation>
    </message>
    <message>
        <source>No case to decide.</source>
        <translation>Aucun cas à décider.</translation>
    </message>
    <message>
        <source>The image is being worked on.</source>
        <translation>L&apos;image est en cours de traitement.</translation>
    </message>
    <message>
        <source>This case is decided.</source>
        <translation>Ce cas est décidé.</translation>
    </message>
    <message>
        <source>The image is being loaded.</source>
        <translation>L&apos;image se charge.</translation>
    </message>
    <message>
        <source>The case cannot be read: it goes to hold by itself.</source>
        <translation>Le cas est illisible : il sera retenu de lui-même.</translation>
    </message>
    <message>
        <source>Answer both findings first.</source>
        <translation>Répondre d&apos;abord aux deux signalements.</translation>
    </message>
    <message numerus="yes">
        <source>Answer all %n finding(s) first.</source>
        <translation>
            <numerusform>Répondre d&apos;abord au signalement.</numerusform>
            <numerusform>Répondre d&apos;abord aux %n signalements.</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a reason first.</source>
        <translation>Choisir d&apos;abord un motif.</translation>
    </message>
    <message>
        <source>No connection to the lane: not sent.</source>
        <translation>Pas de liaison avec la voie : non envoyé.</translation>
    </message>
    <message>
        <source>Your role does not decide cases.</source>
        <translation>Votre rôle ne décide pas des cas.</translation>
    </message>
    <message>
        <source>Your role does not have this page.</source>
        <translation>Votre rôle n&apos;a pas cette page.</translation>
    </message>
    <message>
        <source>No declarations to choose among</source>
        <translation>Pas de déclarations entre lesquelles choisir</translation>
    </message>
    <message>
        <source>Whole vehicle</source>
        <translation>Véhicule entier</translation>
    </message>
    <message>
        <source>Choose the container first.</source>
        <translation>Choisissez d&apos;abord le conteneur.</translation>
    </message>
    <message>
        <source>What you see was not taken: %1</source>
        <translation>Ce que vous voyez n&apos;a pas été pris : %1</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::PhotoModel</name>
    <message>
        <source>%1, %2 KiB</source>
        <translation>%1, %2 Kio</translation>
    </message>
    <message>
        <source>This photo cannot be shown.</source>
        <translation>Cette photo ne peut pas être affichée.</translation>
    </message>
    <message>
        <source>%1 (%2 of %3), by %4</source>
        <translation>%1 (%2 sur %3), par %4</translation>
    </message>
    <message>
        <source>Being fetched</source>
        <translation>En cours de chargement</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::PrintModel</name>
    <message>
        <source>Not written: %1</source>
        <translation>Non écrit : %1</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Écrit : %1</translation>
    </message>
    <message>
        <source>The report can be had when the case is decided: it shows every reading.</source>
        <translation>Le rapport s’obtient une fois le dossier décidé : il montre chaque lecture.</translation>
    </message>
    <message>
        <source>The report is being made</source>
        <translation>Le rapport est en préparation</translation>
    </message>
    <message>
        <source>Not written: the image could not be drawn</source>
        <translation>Non écrit : l’image n’a pu être dessinée</translation>
    </message>
    <message>
        <source>The picture is being written</source>
        <translation>L’image est en cours d’écriture</translation>
    </message>
    <message>
        <source>SIMULATION  -  no radiation, no real vehicle</source>
        <translation>SIMULATION  -  pas de rayonnement, pas de véhicule réel</translation>
    </message>
    <message>
        <source>Case %1, scan %2</source>
        <translation>Dossier %1, scan %2</translation>
    </message>
    <message>
        <source>%1: the standard image, unchanged</source>
        <translation>%1 : image standard, inchangée</translation>
    </message>
    <message>
        <source>%1; changed: %2</source>
        <translation>%1 ; modifié : %2</translation>
    </message>
    <message>
        <source>Exported %1 UTC by %2</source>
        <translation>Exporté le %1 UTC par %2</translation>
    </message>
    <message>
        <source>Sent to the printer; also written: %1</source>
        <translation>Envoyé à l’imprimante ; aussi écrit : %1</translation>
    </message>
    <message>
        <source>Written: %1. Not printed: %2</source>
        <translation>Écrit : %1. Non imprimé : %2</translation>
    </message>
    <message>
        <source>the print command ended with %1</source>
        <translation>la commande d’impression s’est terminée par %1</translation>
    </message>
    <message>
        <source>Being sent to the printer</source>
        <translation>Envoi à l’imprimante</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ProfileItem</name>
    <message>
        <source>no profile for this vehicle</source>
        <translation>pas de profil pour ce véhicule</translation>
    </message>
    <message>
        <source>%1 counts/s</source>
        <translation>%1 coups/s</translation>
    </message>
    <message>
        <source>%1 m from the front: %2</source>
        <translation>à %1 m de l&apos;avant : %2</translation>
    </message>
    <message>
        <source>%1 to %2 counts/s</source>
        <translation>%1 à %2 coups/s</translation>
    </message>
    <message>
        <source>%1, background %2, alarm above %3</source>
        <translation>%1, fond %2, alarme au-delà de %3</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::QueueModel</name>
    <message>
        <source>No container number read</source>
        <translation>Aucun numéro de conteneur lu</translation>
    </message>
    <message>
        <source>plate %1</source>
        <translation>plaque %1</translation>
    </message>
    <message>
        <source>Not decided</source>
        <translation>Non décidé</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>Décidé</translation>
    </message>
    <message>
        <source>No image yet</source>
        <translation>Pas encore d&apos;image</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tous</translation>
    </message>
    <message>
        <source>not decided</source>
        <translation>non décidé</translation>
    </message>
    <message>
        <source>decided</source>
        <translation>décidé</translation>
    </message>
    <message>
        <source>last 24 h</source>
        <translation>dernières 24 h</translation>
    </message>
    <message numerus="yes">
        <source>last %n day(s)</source>
        <translation>
            <numerusform>dernier jour</numerusform>
            <numerusform>%n derniers jours</numerusform>
        </translation>
    </message>
    <message>
        <source>State: %1</source>
        <translation>État : %1</translation>
    </message>
    <message>
        <source>Finding: %1</source>
        <translation>Signalement : %1</translation>
    </message>
    <message>
        <source>Time: %1</source>
        <translation>Période : %1</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Recherche en cours</translation>
    </message>
    <message>
        <source>Not searched: %1</source>
        <translation>Recherche impossible : %1</translation>
    </message>
    <message>
        <source>No case is like that</source>
        <translation>Aucun cas ne correspond</translation>
    </message>
    <message numerus="yes">
        <source>The newest %n of more case(s)</source>
        <translation>
            <numerusform>Le cas le plus récent parmi d&apos;autres</numerusform>
            <numerusform>Les %n cas les plus récents parmi d&apos;autres</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n cas</numerusform>
            <numerusform>%n cas</numerusform>
        </translation>
    </message>
    <message>
        <source>older ones need a narrower time</source>
        <translation>les plus anciens demandent une période plus étroite</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ReferenceModel</name>
    <message>
        <source>Kept.</source>
        <translation>Gardé.</translation>
    </message>
    <message>
        <source>Not taken: %1</source>
        <translation>Non pris : %1</translation>
    </message>
    <message>
        <source>an empty container</source>
        <translation>un conteneur vide</translation>
    </message>
    <message>
        <source>goods of chapter %1</source>
        <translation>marchandises du chapitre %1</translation>
    </message>
    <message>
        <source>Being sent</source>
        <translation>Envoi en cours</translation>
    </message>
    <message>
        <source>A supervisor keeps references.</source>
        <translation>Un superviseur garde les références.</translation>
    </message>
    <message>
        <source>The case can be a reference when it is decided.</source>
        <translation>Le dossier peut être une référence une fois décidé.</translation>
    </message>
</context>
<context>
    <name>portcullis::hmi::ShownParts</name>
    <message>
        <source>%1 % of the cargo was never shown at 1:2 or closer.</source>
        <translation>%1 % du chargement n&apos;ont jamais été affichés à 1:2 ou de plus près.</translation>
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
        <translation>%1 % (%2 à %3)</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>hits %1, false alarms %2</source>
        <translation>justes %1, fausses alarmes %2</translation>
    </message>
    <message>
        <source>held something: %1</source>
        <translation>contenait quelque chose : %1</translation>
    </message>
    <message>
        <source>Open case</source>
        <translation>Cas ouvert</translation>
    </message>
    <message>
        <source>Being read</source>
        <translation>En lecture</translation>
    </message>
    <message>
        <source>Bay</source>
        <translation>Place</translation>
    </message>
    <message>
        <source>Inspection without outcome</source>
        <translation>Contrôle sans résultat</translation>
    </message>
    <message>
        <source>Shelved alarm</source>
        <translation>Alarme mise de côté</translation>
    </message>
    <message>
        <source>Bypass</source>
        <translation>Dérivation</translation>
    </message>
    <message>
        <source>Unfit image</source>
        <translation>Image inutilisable</translation>
    </message>
    <message>
        <source>Not signed: %1</source>
        <translation>Non signé : %1</translation>
    </message>
    <message>
        <source>Signed by both and kept.</source>
        <translation>Signé par les deux et conservé.</translation>
    </message>
    <message>
        <source>Both sign: two names and two passwords.</source>
        <translation>Les deux signent : deux noms et deux mots de passe.</translation>
    </message>
    <message>
        <source>Being checked</source>
        <translation>Vérification en cours</translation>
    </message>
    <message>
        <source>Being asked for</source>
        <translation>Demandé</translation>
    </message>
    <message>
        <source>No case waits</source>
        <translation>Aucun cas en attente</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) wait, the oldest for %1</source>
        <translation>
            <numerusform>%n cas en attente, depuis %1</numerusform>
            <numerusform>%n cas en attente, le plus ancien depuis %1</numerusform>
        </translation>
    </message>
    <message>
        <source>nobody reads it</source>
        <translation>personne ne le lit</translation>
    </message>
    <message>
        <source>read by %1</source>
        <translation>lu par %1</translation>
    </message>
    <message>
        <source>median %1, 9 of 10 within %2, overridden %3</source>
        <translation>médiane %1, 9 sur 10 en %2, annulées %3</translation>
    </message>
    <message>
        <source>By finder</source>
        <translation>Par détecteur</translation>
    </message>
    <message>
        <source>By check that differed</source>
        <translation>Par comparaison qui diffère</translation>
    </message>
    <message>
        <source>By reason of the referral</source>
        <translation>Par motif de l&apos;envoi</translation>
    </message>
    <message>
        <source>By customs rule</source>
        <translation>Par règle de la douane</translation>
    </message>
    <message>
        <source>Selected by customs</source>
        <translation>Choisi par la douane</translation>
    </message>
    <message>
        <source>Drawn at random</source>
        <translation>Tiré au sort</translation>
    </message>
    <message>
        <source>Read as release, opened</source>
        <translation>Lu comme mainlevée, ouvert</translation>
    </message>
    <message>
        <source>Overridden</source>
        <translation>Annulé</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouvert</translation>
    </message>
    <message>
        <source>closed by %1</source>
        <translation>clos par %1</translation>
    </message>
    <message>
        <source>Handover of the shift</source>
        <translation>Relève</translation>
    </message>
    <message>
        <source>Handover of the shift, as of %1</source>
        <translation>Relève, état de %1</translation>
    </message>
    <message>
        <source>None has been signed yet</source>
        <translation>Aucune n&apos;a encore été signée</translation>
    </message>
    <message>
        <source>Last: %1, from %2 to %3</source>
        <translation>Dernière : %1, de %2 à %3</translation>
    </message>
    <message>
        <source>More scans than can be counted: the figures are of those since %1</source>
        <translation>Plus de scans qu’il n’en peut être compté : les chiffres portent sur ceux depuis %1</translation>
    </message>
    <message>
        <source>Read first: seen by the reader alone</source>
        <translation>Lu d&apos;abord : vu par le lecteur seul</translation>
    </message>
    <message>
        <source>Read first: found by the machine</source>
        <translation>Lu d&apos;abord : trouvé par la machine</translation>
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
            <numerusform>%1 baril</numerusform>
            <numerusform>%1 barils</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 bag(s)</source>
        <translation>
            <numerusform>%1 sac</numerusform>
            <numerusform>%1 sacs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 box(es)</source>
        <translation>
            <numerusform>%1 boîte</numerusform>
            <numerusform>%1 boîtes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 crate(s)</source>
        <translation>
            <numerusform>%1 caisse à claire-voie</numerusform>
            <numerusform>%1 caisses à claire-voie</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 case(s)</source>
        <translation>
            <numerusform>%1 caisse</numerusform>
            <numerusform>%1 caisses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 carton(s)</source>
        <translation>
            <numerusform>%1 carton</numerusform>
            <numerusform>%1 cartons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 drum(s)</source>
        <translation>
            <numerusform>%1 fût</numerusform>
            <numerusform>%1 fûts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 packet(s)</source>
        <translation>
            <numerusform>%1 paquet</numerusform>
            <numerusform>%1 paquets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 parcel(s)</source>
        <translation>
            <numerusform>%1 colis postal</numerusform>
            <numerusform>%1 colis postaux</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 package(s)</source>
        <translation>
            <numerusform>%1 colis</numerusform>
            <numerusform>%1 colis</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 pallet(s)</source>
        <translation>
            <numerusform>%1 palette</numerusform>
            <numerusform>%1 palettes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 roll(s)</source>
        <translation>
            <numerusform>%1 rouleau</numerusform>
            <numerusform>%1 rouleaux</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 sack(s)</source>
        <translation>
            <numerusform>%1 grand sac</numerusform>
            <numerusform>%1 grands sacs</numerusform>
        </translation>
    </message>
    <message>
        <source>too thin to say</source>
        <translation>trop mince pour le dire</translation>
    </message>
    <message>
        <source>organic</source>
        <translation>organique</translation>
    </message>
    <message>
        <source>light inorganic</source>
        <translation>inorganique léger</translation>
    </message>
    <message>
        <source>metal</source>
        <translation>métal</translation>
    </message>
    <message>
        <source>heavy metal</source>
        <translation>métal lourd</translation>
    </message>
    <message>
        <source>too thick to say</source>
        <translation>trop épais pour le dire</translation>
    </message>
    <message>
        <source>unknown class</source>
        <translation>classe inconnue</translation>
    </message>
    <message>
        <source>Small dense object</source>
        <translation>Petit objet dense</translation>
    </message>
    <message>
        <source>Shielding</source>
        <translation>Blindage</translation>
    </message>
    <message>
        <source>Concealed vehicle</source>
        <translation>Véhicule dissimulé</translation>
    </message>
    <message>
        <source>Hidden compartment</source>
        <translation>Cache aménagée</translation>
    </message>
    <message>
        <source>False wall</source>
        <translation>Fausse paroi</translation>
    </message>
    <message>
        <source>Anomalous region</source>
        <translation>Zone anormale</translation>
    </message>
    <message>
        <source>Material differs from declaration</source>
        <translation>Matière différente de la déclaration</translation>
    </message>
    <message>
        <source>Mass differs from declaration</source>
        <translation>Masse différente de la déclaration</translation>
    </message>
    <message>
        <source>Not as empty as declared</source>
        <translation>Pas vide comme déclaré</translation>
    </message>
    <message>
        <source>Count differs from declaration</source>
        <translation>Nombre différent de la déclaration</translation>
    </message>
    <message>
        <source>Radiation</source>
        <translation>Rayonnement</translation>
    </message>
    <message>
        <source>Image quality</source>
        <translation>Qualité d&apos;image</translation>
    </message>
    <message>
        <source>Mass</source>
        <translation>Masse</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>Vide</translation>
    </message>
    <message>
        <source>Material</source>
        <translation>Matière</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>Colis</translation>
    </message>
    <message>
        <source>Identity</source>
        <translation>Identité</translation>
    </message>
    <message>
        <source>Declaration</source>
        <translation>Déclaration</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>Mainlevée</translation>
    </message>
    <message>
        <source>Documentary check</source>
        <translation>Contrôle documentaire</translation>
    </message>
    <message>
        <source>Physical inspection</source>
        <translation>Contrôle physique</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Retenir</translation>
    </message>
    <message>
        <source>Radiation secondary</source>
        <translation>Second contrôle radiologique</translation>
    </message>
    <message>
        <source>Other agency</source>
        <translation>Autre service</translation>
    </message>
    <message>
        <source>Scan again</source>
        <translation>Rescanner</translation>
    </message>
    <message>
        <source>Isolate</source>
        <translation>Isoler</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>Mainlevée donnée</translation>
    </message>
    <message>
        <source>Sent to documentary check</source>
        <translation>Envoyé au contrôle documentaire</translation>
    </message>
    <message>
        <source>Sent to physical inspection</source>
        <translation>Envoyé au contrôle physique</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Retenu</translation>
    </message>
    <message>
        <source>Sent to radiation secondary</source>
        <translation>Envoyé au second contrôle radiologique</translation>
    </message>
    <message>
        <source>Handed to another agency</source>
        <translation>Remis à un autre service</translation>
    </message>
    <message>
        <source>To be scanned again</source>
        <translation>À rescanner</translation>
    </message>
    <message>
        <source>Isolated</source>
        <translation>Isolé</translation>
    </message>
    <message>
        <source>Image agrees with the declaration</source>
        <translation>L&apos;image concorde avec la déclaration</translation>
    </message>
    <message>
        <source>What was found belongs to the goods</source>
        <translation>Ce qui est signalé fait partie des marchandises</translation>
    </message>
    <message>
        <source>Documents explain the difference</source>
        <translation>Les documents expliquent l&apos;écart</translation>
    </message>
    <message>
        <source>Empty, as declared</source>
        <translation>Vide, comme déclaré</translation>
    </message>
    <message>
        <source>Radiation measured by hand: harmless</source>
        <translation>Rayonnement mesuré au portatif : sans danger</translation>
    </message>
    <message>
        <source>No declaration, or an incomplete one</source>
        <translation>Déclaration absente ou incomplète</translation>
    </message>
    <message>
        <source>Goods, mass or count differ</source>
        <translation>Marchandises, masse ou nombre diffèrent</translation>
    </message>
    <message>
        <source>Container, plate or seal differs</source>
        <translation>Conteneur, plaque ou scellé diffère</translation>
    </message>
    <message>
        <source>Suspect object or place in the image</source>
        <translation>Objet ou endroit suspect sur l&apos;image</translation>
    </message>
    <message>
        <source>Part of the load cannot be judged</source>
        <translation>Une partie du chargement ne peut être jugée</translation>
    </message>
    <message>
        <source>Container or vehicle looks altered</source>
        <translation>Conteneur ou véhicule semble modifié</translation>
    </message>
    <message>
        <source>Second opinion wanted</source>
        <translation>Second avis souhaité</translation>
    </message>
    <message>
        <source>Waiting for documents</source>
        <translation>En attente de documents</translation>
    </message>
    <message>
        <source>Waiting for an order</source>
        <translation>En attente d&apos;un ordre</translation>
    </message>
    <message>
        <source>Alarm of the radiation portal</source>
        <translation>Alarme du portique radiologique</translation>
    </message>
    <message>
        <source>Shielding in the image</source>
        <translation>Blindage sur l&apos;image</translation>
    </message>
    <message>
        <source>Police</source>
        <translation>Police</translation>
    </message>
    <message>
        <source>Health, food or plant inspection</source>
        <translation>Contrôle sanitaire, alimentaire ou végétal</translation>
    </message>
    <message>
        <source>Immigration</source>
        <translation>Immigration</translation>
    </message>
    <message>
        <source>Dangerous goods</source>
        <translation>Marchandises dangereuses</translation>
    </message>
    <message>
        <source>Parts of the image are missing</source>
        <translation>Des parties de l&apos;image manquent</translation>
    </message>
    <message>
        <source>The vehicle moved</source>
        <translation>Le véhicule a bougé</translation>
    </message>
    <message>
        <source>Not all of the vehicle was scanned</source>
        <translation>Véhicule scanné en partie seulement</translation>
    </message>
    <message>
        <source>A person may be inside: stop, call, never open</source>
        <translation>Une personne peut être dedans : arrêter, appeler, ne pas ouvrir</translation>
    </message>
    <message>
        <source>Explosive suspected: stop, call, never open</source>
        <translation>Explosif suspecté : arrêter, appeler, ne pas ouvrir</translation>
    </message>
    <message>
        <source>Drawn at random to be opened</source>
        <translation>Tiré au sort pour être ouvert</translation>
    </message>
    <message>
        <source>Revenue</source>
        <translation>Recettes</translation>
    </message>
    <message>
        <source>Customs</source>
        <translation>Douane</translation>
    </message>
    <message>
        <source>Goods</source>
        <translation>Marchandises</translation>
    </message>
</context>
</TS>
