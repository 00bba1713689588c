/** Personal data of recipients: only enrolments and payment files may reach it. */
export { addPerson, ibanEndings, type Payee, payees } from './person.ts'
export { resealRecipients } from './reseal.ts'
