/** Words of the keys for programs. */
import type { KeyScope } from '../../../auth/index.ts'

export const keys = {
  keys: {
    title: 'Sleutels voor programma’s',
    lead: 'Met een sleutel haalt een ander programma, zoals een boekhoudpakket, zelf gegevens op. Een sleutel kan nooit iets voorstellen, goedkeuren of betalen, en ziet geen namen of rekeningnummers van ontvangers.',
    link: 'Sleutels voor programma’s',
    back: 'Naar alle sleutels',
    list: 'Alle sleutels',
    caption: 'Sleutels, de nieuwste bovenaan',
    none: 'Er is nog geen sleutel.',
    name: 'Naam',
    nameHint: 'Het programma dat de sleutel gebruikt. Bijvoorbeeld: boekhouding.',
    start: 'Begint met',
    may: 'Mag',
    pool: 'Pot',
    wholeOrganisation: 'De hele organisatie',
    until: 'Werkt tot',
    used: 'Laatst gebruikt',
    never: 'nooit',
    maker: 'Gemaakt door',
    state: 'Stand',
    states: {
      good: 'Werkt',
      expired: 'Verlopen',
      ended: 'Beëindigd',
      'maker-left': 'Werkt niet: de maker is weg',
    },
    makerMayNot:
      'Wie deze sleutel maakte, zou hem nu niet meer mogen maken. Kijk of hij nog nodig is. Vervang hem zo nodig.',
    scopes: {
      'cycles.read': 'Uitbetaalrondes lezen',
      'ledger.read': 'Het grootboek lezen',
      'bank.read': 'Banksaldi en afschriften lezen',
      'findings.read': 'Uitkomsten van controles lezen',
      'enrolments.read': 'Deelnames lezen, zonder namen',
      'statements.import': 'Bankafschriften inlezen',
      'acts.read': 'Het spoor lezen',
    } satisfies Record<KeyScope, string>,
    make: 'Nieuwe sleutel',
    makeWords: 'Kies zo weinig als het programma nodig heeft. Wat je zelf niet mag, staat er niet bij.',
    scopesLegend: 'Wat mag de sleutel?',
    poolField: 'Voor welke pot?',
    poolHint: 'Voor één pot kan alleen: uitbetaalrondes lezen en deelnames lezen.',
    days: 'Hoeveel dagen werkt de sleutel?',
    daysHint: 'Ten hoogste 400. Daarna stopt hij vanzelf.',
    makeSubmit: 'Maak sleutel',
    nothingToGive: 'Met jouw rollen kun je geen sleutel maken die iets mag.',
    secretTitle: 'Bewaar deze sleutel nu',
    secretWords:
      'Je ziet hem één keer, op deze pagina. Wij bewaren hem niet leesbaar en kunnen hem dus niet nog eens laten zien. Kwijt? Vervang hem dan.',
    secret: 'De sleutel',
    how: 'Zo gebruik je hem',
    howWords:
      'Zet de sleutel in het wachtwoordvak van het programma, niet in een adres en niet in een bestand dat je deelt. Het programma stuurt hem bij elk verzoek mee in de kop “Authorization”.',
    try: 'Zo probeer je hem',
    tryWords:
      'Dit kan in een terminal met bash of zsh. Neem de opdrachten één voor één over, niet samen. Zo komt de sleutel niet in de geschiedenis van de terminal.',
    hold: 'Begin hiermee en druk op Enter. Plak daarna de sleutel en druk weer op Enter. Je ziet de sleutel niet: dat hoort zo.',
    use: 'Vraag nu iets op met de sleutel:',
    useFile:
      'Zet een bankafschrift van je bank als camt053.xml in de map waar je bent. Lees het in met de sleutel:',
    forget: 'Klaar? Laat de terminal de sleutel dan vergeten:',
    overlapWords: (days: number): string =>
      days === 0
        ? 'De oude sleutel werkt vanaf nu niet meer.'
        : days === 1
          ? 'De oude sleutel werkt nog één dag. Zet de nieuwe dus vandaag in het programma.'
          : `De oude sleutel werkt nog ${days} dagen. Zet de nieuwe binnen die tijd in het programma.`,
    rotate: 'Vervangen',
    rotateWords:
      'Je krijgt een nieuwe sleutel die hetzelfde mag. De oude werkt nog even door, zodat het programma niet stilvalt. Daarna stopt hij vanzelf.',
    overlapDays: 'Hoeveel dagen werkt de oude nog?',
    overlapHint: '0 tot 30 dagen.',
    rotateSubmit: 'Vervang sleutel',
    end: 'Meteen stoppen',
    endWords: 'De sleutel werkt dan meteen niet meer. Terug kan niet.',
    reason: 'Waarom?',
    reasonHint: 'Dit blijft altijd bewaard. Schrijf er geen persoonsgegevens in.',
    endSubmit: 'Stop sleutel',
    replaces: 'Vervangt een eerdere sleutel',
    createdAt: 'Gemaakt',
    acts: 'Wat met deze sleutel is gedaan',
    aboutActs: 'Wat aan deze sleutel is gedaan',
  },
}
