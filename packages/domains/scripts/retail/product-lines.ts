import { createUnused, type Random } from "../lib/random.ts";
import type { Product, Variant } from "../../src/retail/schema.ts";

/** Used ids of products and items. Both use the same numbers. */
type TakenIds = Set<string>;

/** Creates an id of ten digits. About half are below 2 ** 32: as keys of an object, JavaScript would sort them like array indexes. */
function createProductId(random: Random, taken: TakenIds): string {
  return createUnused(taken, () => `${random.chance(50) ? random.int(1, 3) : random.int(5, 9)}${random.digits(9)}`);
}

/** Options of a random product. */
interface ProductLine {
  name: string;
  /** Average price in dollars. Variants differ by up to 10 percent. */
  price: number;
  options: Readonly<Record<string, readonly string[]>>;
}

/** Products without tasks. */
export const productLines: readonly ProductLine[] = [
  line("Alarm Clock", 34, { display: ["analog", "LED", "e-ink"], color: ["mint", "black", "oak"], alarm: ["bell", "radio", "light"] }),
  line("Bathrobe", 66, { size: ["S", "M", "L", "XL"], fabric: ["terry", "waffle", "flannel"], color: ["ivory", "slate", "plum"] }),
  line("Beach Towel", 28.5, { pattern: ["stripes", "waves", "palms", "plain"], size: ["80x160 cm", "100x180 cm"] }),
  line("Cast Iron Pan", 58, { diameter: ["20 cm", "24 cm", "28 cm"], coating: ["seasoned", "enamel"], lid: ["with lid", "without lid"] }),
  line("Chess Set", 95, { material: ["maple", "rosewood", "resin"], board: ["folding", "rigid"], size: ["tournament", "travel"] }),
  line("Fountain Pen", 47, {
    nib: ["fine", "medium", "broad"],
    barrel: ["resin", "brass", "steel"],
    color: ["ink blue", "black", "burgundy"],
  }),
  line("Hammock", 73, {
    width: ["single", "double"],
    fabric: ["nylon", "cotton"],
    color: ["sunset", "forest", "stone"],
    straps: ["included", "none"],
  }),
  line("Picnic Basket", 82, { servings: ["2", "4", "6"], weave: ["willow", "rattan"], lining: ["checked", "plain", "insulated"] }),
  line("Sewing Machine", 236, {
    control: ["mechanical", "computerized"],
    stitches: ["24", "60", "120"],
    color: ["white", "lilac", "teal"],
  }),
  line("Snow Boots", 138, { size: ["38", "40", "42", "44"], height: ["ankle", "mid", "tall"], color: ["black", "snow camo", "tan"] }),
  line("Spice Rack", 41, { jars: ["8", "12", "20"], mount: ["wall", "counter", "drawer"], material: ["bamboo", "steel"] }),
  line("Telescope", 312, {
    aperture: ["70 mm", "90 mm", "130 mm"],
    mount: ["alt-azimuth", "equatorial"],
    color: ["white", "midnight", "copper"],
  }),
  line("Toaster", 62, { slots: ["2", "4"], finish: ["steel", "cream", "sage"], extras: ["bagel mode", "defrost", "none"] }),
  line("Ukulele", 119, { scale: ["soprano", "concert", "tenor"], wood: ["mahogany", "koa", "spruce"], strings: ["nylon", "fluorocarbon"] }),
  line("Umbrella", 31, { canopy: ["navy", "clear", "checked", "red"], handle: ["crook", "straight"], opening: ["manual", "automatic"] }),
  line("Wall Mirror", 107, { shape: ["round", "arched", "square"], frame: ["brass", "black", "none"], size: ["40 cm", "60 cm", "80 cm"] }),
  line("Webcam", 77, { resolution: ["1080p", "1440p", "4K"], mount: ["clip", "tripod"], cover: ["shutter", "none"] }),
];

/** Creates a product with 6 to 12 variants, at least two of them available. */
export function createRandomProduct(random: Random, taken: TakenIds, { name, price, options }: ProductLine): Product {
  const product_id = createProductId(random, taken);
  const variants = random.sample(listCombinations(options), random.int(6, 12)).map((chosen, i): [string, Variant] => {
    const item_id = createProductId(random, taken);
    const cents = Math.round((price * 100 * random.int(9000, 11000)) / 10000);
    return [item_id, { item_id, options: chosen, available: i < 2 || random.chance(60), price: cents / 100 }];
  });
  return { name, product_id, variants: new Map(variants) };
}

function line(name: string, price: number, options: ProductLine["options"]): ProductLine {
  return { name, price, options };
}

function listCombinations(options: ProductLine["options"]): Record<string, string>[] {
  return Object.entries(options).reduce<Record<string, string>[]>(
    (made, [name, values]) => made.flatMap((chosen) => values.map((value) => ({ ...chosen, [name]: value }))),
    [{}],
  );
}
