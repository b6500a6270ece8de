// Scripts that a build makes.
declare module "*/lexicon.js" {
  const lexicon: any;
  export const DATA: any;
  export default lexicon;
}
declare module "*/workdays.js" {
  const calendar: { from: string; until: string; off: string[]; on: string[] };
  export default calendar;
}
