/** Words of the demonstration's inbox. */
export const inbox = {
  inbox: {
    nav: 'Bekijk de e-mails',
    title: 'Alle e-mails van de demonstratie',
    lead: 'In de demonstratie gaat er geen echte e-mail weg. Deze pagina doet alsof ze ieders postvak is: hier lees je wat mensen anders in hun eigen e-mail krijgen.',
    empty: 'Er is nog geen e-mail. Log in met een e-mailadres: dan komt er hier een.',
    to: 'Aan',
    at: 'Verstuurd',
    back: 'Terug naar alle e-mails',
    standsIn:
      'Zo komt deze e-mail binnen bij wie hem krijgt. Er is niets echt verstuurd: dit is de demonstratie.',
    code: 'Klik op de code: dan is hij geselecteerd en kun je hem kopiëren.',
  },
}
