// Scripts that a build makes.
declare module "*/lexicon.js" {
  const lexicon: any;
  export const DATA: any;
  export default lexicon;
}
