declare module "mutative/dist/mutative.cjs.production.min.js" {
  export { create } from "mutative";
}
