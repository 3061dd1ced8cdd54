/** Positions of airports, for believable flight times: latitude and longitude in degrees. */
const places: Readonly<Record<string, readonly [number, number]>> = {
  SFO: [37.6, -122.4],
  JFK: [40.6, -73.8],
  LAX: [33.9, -118.4],
  ORD: [42.0, -87.9],
  DFW: [32.9, -97.0],
  DEN: [39.9, -104.7],
  SEA: [47.4, -122.3],
  ATL: [33.6, -84.4],
  MIA: [25.8, -80.3],
  BOS: [42.4, -71.0],
  PHX: [33.4, -112.0],
  IAH: [30.0, -95.3],
  LAS: [36.1, -115.2],
  MCO: [28.4, -81.3],
  CLT: [35.2, -80.9],
  MSP: [44.9, -93.2],
  PHL: [39.9, -75.2],
};

/** Airports of the random timetable; the others belong to the planted one. */
export const randomAirports = ["SFO", "JFK", "LAX", "ORD", "DFW", "DEN", "SEA", "ATL", "MIA", "BOS"] as const;

const kilometersAnHour = 800;
const minutesOnTheGround = 30;

/** Minutes between two airports, the same both ways, in steps of 30 from 60 to 360. */
export function flightMinutes(from: string, to: string): number {
  const minutes = (distance(from, to) / kilometersAnHour) * 60 + minutesOnTheGround;
  return Math.min(360, Math.max(60, Math.round(minutes / 30) * 30));
}

function distance(from: string, to: string): number {
  const [a, b] = [places[from]!, places[to]!].map(([latitude, longitude]) => [radians(latitude), radians(longitude)] as const);
  const half = Math.sin((b![0] - a![0]) / 2) ** 2 + Math.cos(a![0]) * Math.cos(b![0]) * Math.sin((b![1] - a![1]) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(half));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
