import type { Product, Variant } from "../../src/retail/schema.ts";

const soldOut = false;

/** Products of the tasks, with fixed variants, prices and stock. */
export const plantedProducts: readonly Product[] = [
  createPlantedProduct("Rain Jacket", "6157368193", "color size lining", [
    variant("1642621299", 92.35, "amber / S / fleece"),
    variant("1003322453", 87.25, "navy / M / mesh"),
    variant("6236405622", 89.21, "moss / M / mesh"),
    variant("2499095145", 86.4, "moss / S / mesh"),
    variant("8527720405", 85.95, "amber / L / mesh"),
    variant("5865690702", 93.7, "moss / M / fleece", soldOut),
    variant("6137585847", 90.1, "navy / L / mesh", soldOut),
    variant("3540613589", 94.8, "navy / L / fleece"),
  ]),
  createPlantedProduct("Trekking Poles", "2421247201", "material length grip", [
    variant("9603954762", 64.75, "aluminum / 130 cm / foam", soldOut),
    variant("3075329261", 78.3, "carbon / 110 cm / cork"),
    variant("2206427928", 62.45, "aluminum / 110 cm / foam"),
    variant("2574476216", 66.2, "aluminum / 120 cm / cork"),
    variant("9275217488", 80.05, "carbon / 130 cm / foam"),
    variant("7159045847", 81.65, "carbon / 120 cm / cork"),
    variant("3452907845", 76.9, "carbon / 120 cm / foam", soldOut),
  ]),
  createPlantedProduct("Reading Lamp", "3565275582", "finish base light", [
    variant("6357416299", 54.18, "brass / clamp / warm"),
    variant("8498403297", 58.65, "brass / stand / warm"),
    variant("6320732021", 49.85, "black / clamp / neutral"),
    variant("1738067569", 50.75, "white / clamp / warm"),
    variant("1350564618", 53.4, "black / stand / neutral"),
    variant("1894148859", 52.1, "black / stand / warm", soldOut),
    variant("2266985722", 51.3, "white / stand / neutral", soldOut),
  ]),
  createPlantedProduct("Chef Knife", "7061599825", "blade steel handle", [
    variant("9666374766", 118.9, "20 cm / carbon / walnut"),
    variant("6994474605", 97.8, "20 cm / stainless / resin"),
    variant("7742701973", 104.35, "20 cm / stainless / walnut"),
    variant("1607884370", 109.93, "24 cm / stainless / resin"),
    variant("2244797891", 91.25, "16 cm / stainless / resin", soldOut),
    variant("1448594807", 131.45, "24 cm / carbon / walnut", soldOut),
    variant("3920048718", 126.7, "24 cm / carbon / resin"),
  ]),
  createPlantedProduct("Camping Tent", "8763471406", "persons seasons color", [
    variant("8422787582", 288.2, "4 / four / green"),
    variant("3013411056", 247.9, "4 / three / sand"),
    variant("8701139124", 236.4, "2 / four / orange"),
    variant("8229262193", 259.85, "4 / three / green"),
    variant("1614099169", 251.6, "4 / three / orange", soldOut),
    variant("2159775502", 214.3, "2 / three / orange"),
    variant("6984889341", 219.75, "2 / three / green"),
  ]),
  createPlantedProduct("Turntable", "7762205190", "drive finish cartridge", [
    variant("1897367751", 338.9, "direct / walnut / moving coil"),
    variant("5860263117", 289.4, "belt / walnut / moving magnet"),
    variant("6965345956", 261.35, "belt / black / ceramic"),
    variant("3546580993", 274.25, "direct / white / ceramic"),
    variant("8110023307", 254.1, "belt / white / ceramic", soldOut),
    variant("8506749657", 268.75, "belt / black / moving magnet", soldOut),
    variant("1221567284", 312.6, "direct / black / moving magnet"),
  ]),
  createPlantedProduct("Desktop Monitor", "1555007721", "diagonal resolution panel", [
    variant("7473203093", 208.75, "27 inch / QHD / VA"),
    variant("9654275417", 298.15, "32 inch / 4K / IPS"),
    variant("1230964070", 221.5, "27 inch / QHD / IPS"),
    variant("3620088951", 246.9, "32 inch / QHD / VA"),
    variant("6717030760", 149.6, "24 inch / Full HD / VA"),
    variant("2740032863", 187.45, "27 inch / Full HD / IPS", soldOut),
    variant("5511829139", 158.32, "24 inch / Full HD / IPS"),
  ]),
  createPlantedProduct("Trail Shoes", "8820473812", "size width color", [
    variant("1465228173", 117.95, "43 / wide / gray", soldOut),
    variant("8934073034", 111.7, "43 / regular / teal"),
    variant("5165680429", 114.85, "41 / wide / gray"),
    variant("1006416825", 113.2, "42 / regular / gray", soldOut),
    variant("1247540188", 116.3, "42 / wide / teal"),
    variant("1025649038", 108.05, "42 / wide / gray"),
    variant("2355029921", 112.4, "41 / regular / gray"),
  ]),
  createPlantedProduct("Wool Sweater", "6702877901", "color size neck", [
    variant("2030093756", 75.15, "cream / S / turtle"),
    variant("1434885355", 72.45, "charcoal / M / crew"),
    variant("5976522376", 71.78, "forest / M / turtle"),
    variant("1614357789", 74.3, "charcoal / XL / crew"),
    variant("1601899926", 68.95, "cream / M / crew", soldOut),
    variant("3094868786", 78.1, "rust / XL / turtle"),
    variant("3808265908", 71.2, "charcoal / S / crew"),
    variant("2101599640", 72.9, "forest / L / crew"),
    variant("3310145998", 73.85, "cream / M / turtle"),
    variant("3113586606", 70.6, "cream / L / crew"),
    variant("3839565185", 74.65, "forest / S / turtle", soldOut),
    variant("1344491216", 77.25, "rust / L / turtle"),
    variant("6199866367", 76.9, "charcoal / L / turtle", soldOut),
    variant("6464195260", 70.05, "rust / M / crew", soldOut),
    variant("2989926359", 73.55, "forest / XL / crew", soldOut),
    variant("3510728153", 69.4, "rust / S / crew"),
  ]),
  createPlantedProduct("Duvet", "1115259197", "size filling warmth", [
    variant("6891511335", 169.05, "200x220 cm / wool / summer"),
    variant("2136876019", 156.35, "155x220 cm / down / all year"),
    variant("6076517401", 128.4, "135x200 cm / down / summer"),
    variant("7356247191", 163.9, "155x220 cm / down / winter"),
    variant("2186036341", 142.28, "155x220 cm / wool / all year"),
    variant("1876286317", 149.75, "155x220 cm / wool / winter", soldOut),
    variant("1025004876", 117.6, "135x200 cm / wool / all year"),
    variant("5033707814", 181.2, "200x220 cm / down / summer"),
    variant("8800268699", 197.47, "200x220 cm / down / winter"),
  ]),
  createPlantedProduct("Bike Panniers", "8660252436", "volume color closure", [
    variant("5536634275", 84.2, "20 L / black / zip", soldOut),
    variant("3127116062", 124.75, "40 L / black / roll top"),
    variant("1759727315", 119.6, "40 L / red / roll top", soldOut),
    variant("5026142553", 89.65, "20 L / yellow / roll top"),
    variant("3814116545", 92.3, "20 L / black / roll top"),
    variant("9973924080", 121.4, "40 L / yellow / roll top"),
    variant("6370003638", 113.95, "40 L / red / zip"),
  ]),
];

function createPlantedProduct(
  name: string,
  product_id: string,
  optionNames: string,
  variants: readonly ((names: readonly string[]) => Variant)[],
): Product {
  const made = variants.map((make) => make(optionNames.split(" ")));
  return { name, product_id, variants: new Map(made.map((one) => [one.item_id, one])) };
}

function variant(item_id: string, price: number, choices: string, available = true): (names: readonly string[]) => Variant {
  const values = choices.split(" / ");
  return (names) => ({ item_id, options: Object.fromEntries(names.map((name, i) => [name, values[i]!])), available, price });
}
