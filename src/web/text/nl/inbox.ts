/** Words of the demonstration's inbox. */
export const inbox = {
  inbox: {
    nav: 'Bekijk de e-mails',
    title: 'Alle e-mails van de demonstratie',
    lead: 'In de demonstratie sturen we geen echte e-mail. Op deze pagina staan alle e-mails, voor iedereen. In het echt ziet iedereen alleen de eigen e-mails.',
    empty: 'Er is nog geen e-mail. Log in met een e-mailadres. Dan komt er hier een e-mail.',
    to: 'Aan',
    at: 'Verstuurd',
    stop: 'Zulke e-mails niet meer ontvangen',
    back: 'Terug naar alle e-mails',
    standsIn: 'Zo ziet de ontvanger deze e-mail. Er is niets echt verstuurd: dit is de demonstratie.',
    code: 'Tip voor de demonstratie: klik op de code in de e-mail. Dan kun je hem kopiëren.',
  },
}
