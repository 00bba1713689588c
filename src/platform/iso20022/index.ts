/** What all bank files of ISO 20022 have in common: safe XML reading, amounts and days as text, SEPA's characters. */
export { isSepaIdentifier, LONGEST_NAME, LONGEST_REMITTANCE, sepaName, sepaText } from './sepa-text.ts'
export { parseWireAmount, parseWireDay, parseWireInstant } from './wire-values.ts'
export {
  child,
  childrenNamed,
  type ReadXml,
  readXml,
  textOf,
  type XmlElement,
  type XmlRefusal,
} from './xml.ts'
