/** Words of the demonstration's inbox. */
import type { inbox as dutch } from '../nl/inbox.ts'

export const inbox: typeof dutch = {
  inbox: {
    nav: 'See the e-mails',
    title: 'All e-mails of the demonstration',
    lead: 'In the demonstration no real e-mail leaves. This page stands in for everybody’s inbox: here you read what people would otherwise get in their own e-mail.',
    empty: 'There is no e-mail yet. Sign in with an e-mail address and one appears here.',
    to: 'To',
    at: 'Sent',
    stop: 'Do not get such e-mails any more',
    back: 'Back to all e-mails',
    standsIn:
      'This is how this e-mail arrives at whoever it is for. Nothing was really sent: this is the demonstration.',
    code: 'Tip for the demonstration: click the code in the e-mail. It is then selected, and you can copy it.',
  },
}
