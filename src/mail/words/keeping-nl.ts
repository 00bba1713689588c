/** The words of letters that keep donors: news that they asked for, what their gifts did, and giving again. */
import { formatMoney, type Money } from '../../money/index.ts'
import { monthText, TIME_ZONE } from '../../platform/calendar/index.ts'
import type { Letter } from '../letter.ts'
import type { GiveAgainWords, MonthOfGiftsWords, NewsWords, ThanksWords } from '../letters.ts'

type Words = Pick<Letter, 'subject' | 'greeting' | 'paragraphs' | 'after'>

const day = new Intl.DateTimeFormat('nl-NL', { dateStyle: 'long', timeZone: TIME_ZONE })
const money = (amount: Money) => formatMoney(amount, 'nl', 'always')

export const keepingNl = {
  followQuestionButton: 'Ja, stuur mij nieuws',
  followQuestion: (organisation: string, pool: string | null): Words => ({
    subject: pool ? `Wilt u nieuws over ${pool}?` : `Wilt u de nieuwsbrief van ${organisation}?`,
    greeting: 'Goedendag,',
    paragraphs: [
      pool
        ? `Iemand vulde dit e-mailadres in om nieuws te krijgen over ${pool}. Was u dat? Gebruik dan de knop.`
        : `Iemand vulde dit e-mailadres in voor de nieuwsbrief van ${organisation}. Was u dat? Gebruik dan de knop.`,
      'Onder elke e-mail staat een link waarmee u weer stopt.',
    ],
    after: ['Was u dit niet? Dan hoeft u niets te doen. Zonder de knop krijgt u geen nieuws.'],
  }),
  newsButton: 'Bekijk op de website',
  news: ({ organisation, pool, title, paragraphs }: NewsWords): Words => ({
    subject: `${pool ?? organisation}: ${title}`,
    greeting: 'Goedendag,',
    paragraphs,
  }),
  thanksShown: ({ pool, text }: ThanksWords): Words => ({
    subject: `Een bedankje van iemand uit ${pool}`,
    greeting: 'Goedendag,',
    paragraphs: [
      `Iemand die een basisinkomen krijgt uit ${pool} schreef dit aan de gevers:`,
      `“${text}”`,
      'Niemand hoeft te bedanken. Deze persoon wilde het.',
    ],
  }),
  campaignUpdate: (title: string): Words => ({
    subject: `Nieuw bericht: ${title}`,
    greeting: 'Goedendag,',
    paragraphs: [`Bij de inzamelactie “${title}” staat een nieuw bericht. Lees het op de website.`],
  }),
  monthOfGiftsButton: 'Bekijk uw donaties',
  monthOfGifts: ({ month, parts }: MonthOfGiftsWords): Words => ({
    subject: `Wat uw donatie deed in ${monthText(month, 'nl')}`,
    greeting: 'Goedendag,',
    paragraphs: parts.map(
      ({ pool, incomes, part }) =>
        `${pool} betaalde in ${monthText(month, 'nl')} ${incomes === 1 ? 'één basisinkomen' : `${incomes} basisinkomens`} uit. Daarin zat ${money(part)} van u.`,
    ),
    after: [
      'In een pot is al het geld gemengd. Van elk inkomen betaalt u zo veel mee als uw deel van de pot groot is.',
    ],
  }),
  giveAgainButton: 'Geef nog een jaar',
  giveAgain: ({ pool, gift, at }: GiveAgainWords): Words => ({
    subject: `Een jaar geleden gaf u aan ${pool}`,
    greeting: 'Goedendag,',
    paragraphs: [
      `Op ${day.format(at)} gaf u ${money(gift)} aan ${pool}. Dank u wel daarvoor.`,
      'Een basisinkomen gaat elke maand door. Wilt u nog een jaar meedoen? De knop brengt u naar de pot, met hetzelfde bedrag al ingevuld. U beslist zelf.',
    ],
    after: ['Wij vragen dit één keer.'],
  }),
}
