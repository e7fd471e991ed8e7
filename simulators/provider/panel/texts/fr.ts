import type { Texts } from './texts';

export const fr: Texts = {
  // Our own wording.
  controlPanel: 'Espace client',
  language: 'Langue',
  skip: 'Aller au contenu',
  servers: 'Serveurs',
  dedicatedServers: 'Serveurs dédiés',
  noServers: 'Ce compte ne contient aucun serveur.',
  server: 'Serveur',
  serviceEmails: 'E-mails de service',
  mailbox: 'Boîte aux lettres',
  noMails: 'Aucun e-mail pour le moment.',
  subject: 'Objet',
  date: 'Date',

  generalInformation: 'Informations générales',
  name: 'Nom',
  address: 'Adresse IP',
  boot: 'Boot',
  notAvailable: 'Information non disponible',
  edit: 'Modifier',
  operatingSystem: "Système d'exploitation (OS)",
  datacenter: 'Datacenter',
  serviceStatus: 'État des services',
  status: 'Statut',
  states: { ok: 'Normal', error: 'En erreur', hacked: 'Hacké', hackedBlocked: 'Hacké et bloqué' },
  // The second sentence of the first and the whole second text are our own wording.
  hacked:
    'Votre serveur a été hacké et par conséquent placé en rescue ftp. Vérifiez votre configuration avant de remettre votre serveur sur un disque.',
  hackedBlocked: 'Votre serveur a été hacké. Contactez notre support pour connaître la marche à suivre.',
  restart: 'Redémarrer',
  actionsOf: 'Actions pour {row}',
  monitoring: 'Monitoring',
  monitoringOff: 'Désactivé',
  monitoringWithIntervention: 'Activé avec intervention proactive',
  monitoringWithoutIntervention: 'Activé sans intervention proactive',

  netbootTitle: 'Changer le netboot',
  // The letters of the label as it is, also the swapped ones.
  netbootCurrent: 'Netboot acutellement configuré sur votre serveur {server} :',
  netbootQuestion: 'Que souhaitez-vous faire ?',
  bootFromDisk: 'Booter sur le disque dur',
  bootInRescue: 'Booter en mode rescue',
  bootFromNetwork: 'Booter en mode network',
  // Our own wording.
  rescueHelp: 'Le mode rescue sert à diagnostiquer les pannes matérielles d’un serveur dédié.',
  rescueAvailable: 'Rescue disponible :',
  // Our own wording, down to the public key.
  authentication: 'Méthode d’authentification\u00a0:',
  authenticationPassword: 'Authentification par mot de passe',
  authenticationKey: 'Authentification par clé SSH',
  publicKey: 'Clé SSH publique\u00a0:',
  rescueMail: "Recevoir les identifiants du mode sur l'adresse e-mail :",
  // Our own wording.
  rescueMailNone: 'Aucun',
  rescueMailInvalid: 'Invalide',
  next: 'Suivant',
  cancel: 'Annuler',
  confirm: 'Valider',
  back: 'Retour',
  summary: 'Résumé',
  netbootConfirm:
    'Etes-vous certain de vouloir appliquer les changements suivant sur votre serveur {server} ?',
  netbootType: 'Type de netboot :',
  rescueName: 'Nom du rescue :',
  emergencyMail: 'Courriel du rescue :',
  updating: 'Mise à jour...',
  netbootChanged: 'Le netboot a correctement été mis à jour. Vous devez redémarrer le serveur.',
  netbootFailed:
    'Une erreur est survenue lors de la mise à jour du netboot sur le serveur {server} : {message}',
  netbootNotLoaded:
    'Une erreur est survenue lors du chargement des informations du netboot sur le serveur {server}',

  rebootTitle: 'Redémarrer le serveur',
  rebootQuestion: 'Êtes-vous sûr de vouloir redémarrer votre serveur {server} ?',
  rebootStarted: 'Votre serveur {server} va redémarrer.',
  rebootRefused: 'Une erreur est survenue lors de la demande de redémarrage.',
  rebootDone: 'Votre serveur {server} a été redémarré.',
  rebootFailed: 'Une erreur est survenue lors du redémarrage de votre serveur.',

  tasks: 'Tâches',
  mostRecentAction: 'Dernière action',
  task: 'Tâche',
  technicalDetails: 'Détail technique',
  noTasks: 'Aucune tâche',
  taskFunctions: { hardReboot: 'Redémarrage', requestAccessIPMI: "Demande d'accès à IPMI" },
  taskStates: {
    todo: 'A traiter',
    init: 'Initialisation',
    doing: 'En cours',
    done: 'Terminée',
    cancelled: 'Annulée',
    customerError: 'Erreur client',
    ovhError: 'En erreur',
  },

  ipmi: 'IPMI',
  kvmTitle: 'Depuis votre navigateur (KVM)',
  kvmOpen: 'Accéder à la console (KVM)',
  // Our own wording from here on.
  kvmReady: 'Ouvrir la console dans un nouvel onglet',
  kvmFailed: "La console n'a pas pu être ouverte : {message}",
  noIpmi: "Votre serveur ne dispose pas d'un module IPMI.",
  ipmiBusy: 'Une tâche est en cours : le module IPMI est momentanément désactivé.',
};
