import type { Random } from "./random.ts";

const firstNames = [
  "Adela", "Anouk", "Basil", "Bjorn", "Carmen", "Celeste", "Dalia", "Desmond", "Elif", "Esteban", "Farid", "Freya", "Greta", "Gustavo", "Hana",
  "Henrik", "Ilse", "Ismael", "Joanna", "Jonas", "Katya", "Keiko", "Leona", "Lorenzo", "Malik", "Marguerite", "Nadia", "Nikolai", "Odette", "Oskar",
  "Petra", "Quentin", "Rafael", "Rosalind", "Samir", "Sigrid", "Tamsin", "Thandi", "Ulrich", "Ursula", "Vera", "Viktor", "Wendell", "Wren", "Ximena",
  "Yasmin", "Yves", "Zelda", "Zoltan", "Zuri",
] as const; // prettier-ignore

const lastNames = [
  "Abara", "Achterberg", "Bellweather", "Bergstrom", "Castellano", "Cloutier", "Dragomir", "Dvorak", "Eriksen", "Escobedo", "Fairbanks", "Fontaine",
  "Grabowski", "Greenwald", "Haddad", "Hollis", "Ibarra", "Ingersoll", "Jankowski", "Jorgensen", "Kapoor", "Kowalczyk", "Lindqvist", "Lockhart",
  "Marchetti", "Moreau", "Nakagawa", "Novak", "Okafor", "Ostrander", "Pereira", "Pruitt", "Quispe", "Rinaldi", "Rosenthal", "Solberg", "Stavros",
  "Tanaka", "Thackeray", "Uribe", "Valdez", "Vandermeer", "Whitfield", "Winslow", "Xiong", "Yilmaz", "Yoder", "Zabala", "Zielinski", "Zimmer",
] as const; // prettier-ignore

const streets = [
  "Juniper Row", "Copperfield Lane", "Harbor Steps", "Old Mill Road", "Quarry Street", "Larkspur Avenue", "Foundry Court", "Tidewater Drive",
  "Orchard Close", "Beacon Hill Road", "Sycamore Bend", "Granite Way", "Ferry Landing", "Thistle Street", "Lantern Square", "Windmill Terrace",
] as const; // prettier-ignore

const cities = [
  ["Tucson", "AZ", "857"],
  ["Oakland", "CA", "946"],
  ["Boulder", "CO", "803"],
  ["Tampa", "FL", "336"],
  ["Savannah", "GA", "314"],
  ["Peoria", "IL", "616"],
  ["Worcester", "MA", "016"],
  ["Duluth", "MN", "558"],
  ["Durham", "NC", "277"],
  ["Albany", "NY", "122"],
  ["Toledo", "OH", "436"],
  ["Eugene", "OR", "974"],
  ["Erie", "PA", "165"],
  ["El Paso", "TX", "799"],
  ["Tacoma", "WA", "984"],
  ["Madison", "WI", "537"],
] as const;

/** Name and date of birth of a person. */
export interface Person {
  first_name: string;
  last_name: string;
  dob: string;
}

export function createRandomPerson(random: Random, lastName: string = random.pick(lastNames)): Person {
  const dob = `${random.int(1948, 2003)}-${padTwo(random.int(1, 12))}-${padTwo(random.int(1, 28))}`;
  return { first_name: random.pick(firstNames), last_name: lastName, dob };
}

export function createRandomAddress(random: Random) {
  const [city, state, zip] = random.pick(cities);
  return {
    address1: `${random.int(11, 989)} ${random.pick(streets)}`,
    address2: random.chance(70) ? `Apt ${random.int(1, 60)}` : null,
    city,
    country: "USA",
    state,
    zip: `${zip}${random.digits(2)}`,
  };
}

/** Formats a number with at least two digits. */
export function padTwo(value: number): string {
  return String(value).padStart(2, "0");
}
