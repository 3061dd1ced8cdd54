import type { Cabin } from "../../src/airline/schema.ts";
import type { Pin, Route } from "./timetable.ts";

/** Flight of a task, with fixed number, hour, seats and prices. Dates without a pin are random. */
export interface PlantedFlight extends Route {
  number: number;
  pins: Readonly<Record<string, Pin>>;
}

/** Sets the seats and the fare of a cabin on a date on sale. */
function sale(cabin: Cabin, seats: number, price: number): Pin {
  return (drawn) => {
    if (drawn.status !== "available") {
      throw new Error(`Cannot set seats of a date with status '${drawn.status}': only 'available' dates have seats`);
    }
    return { ...drawn, available_seats: { ...drawn.available_seats, [cabin]: seats }, prices: { ...drawn.prices, [cabin]: price } };
  };
}

const economy = (seats: number, price: number) => sale("economy", seats, price);
const business = (seats: number, price: number) => sale("business", seats, price);
const cancelled: Pin = () => ({ status: "cancelled" });
const landed =
  (departure: string, arrival: string): Pin =>
  () => ({ status: "landed", actual_arrival_time_est: arrival, actual_departure_time_est: departure });
const delayed =
  (departure: string, arrival: string): Pin =>
  () => ({ status: "delayed", estimated_departure_time_est: departure, estimated_arrival_time_est: arrival });

function createPlantedFlight(number: number, route: string, hour: number, pins: Readonly<Record<string, Pin>>): PlantedFlight {
  const [origin, destination] = route.split(" ") as [string, string];
  return { number, origin, destination, hour, pins };
}

export const plantedFlights: readonly PlantedFlight[] = [
  createPlantedFlight(1, "MSP PHX", 7, { "2024-05-18": economy(6, 141), "2024-05-20": economy(9, 148), "2024-05-23": economy(8, 196) }),
  createPlantedFlight(2, "MSP PHX", 14, { "2024-05-20": economy(4, 121), "2024-05-23": economy(7, 189), "2024-05-27": business(7, 352) }),
  // One seat on the 23rd, which is too few for the two passengers of a task.
  createPlantedFlight(3, "MSP PHX", 19, { "2024-05-20": economy(11, 133), "2024-05-23": economy(1, 174) }),
  createPlantedFlight(4, "PHX MSP", 9, { "2024-05-22": business(4, 305), "2024-05-30": business(5, 318) }),
  createPlantedFlight(5, "PHX MSP", 17, { "2024-05-25": economy(9, 133) }),
  createPlantedFlight(6, "IAH MCO", 8, { "2024-05-22": economy(8, 171), "2024-05-25": economy(3, 150), "2024-05-26": economy(6, 127) }),
  // One seat on the 22nd, which is too few for the two passengers of a task.
  createPlantedFlight(7, "IAH MCO", 13, { "2024-05-22": economy(1, 118), "2024-05-25": economy(5, 142) }),
  createPlantedFlight(8, "MCO IAH", 11, {}),
  createPlantedFlight(9, "MCO IAH", 18, {}),
  createPlantedFlight(10, "LAS CLT", 9, { "2024-05-14": cancelled, "2024-05-24": economy(7, 129) }),
  createPlantedFlight(11, "LAS CLT", 15, { "2024-05-21": economy(8, 149), "2024-05-24": economy(9, 101) }),
  createPlantedFlight(12, "CLT LAS", 10, {
    "2024-05-13": landed("2024-05-13T10:06:00", "2024-05-13T14:21:00"),
    "2024-05-14": cancelled,
    "2024-05-16": economy(8, 141),
    "2024-05-29": economy(5, 144),
  }),
  createPlantedFlight(13, "CLT LAS", 20, {
    "2024-05-15": delayed("2024-05-15T23:00:00", "2024-05-16T03:30:00"),
    "2024-05-16": economy(12, 118),
    "2024-05-29": economy(7, 126),
  }),
  createPlantedFlight(14, "IAH MCO", 20, { "2024-05-22": economy(6, 139), "2024-05-25": economy(9, 137) }),
  createPlantedFlight(15, "CLT PHL", 16, { "2024-05-20": economy(4, 151), "2024-05-24": economy(6, 104) }),
  // Cheaper than flight 15, but it arrives late at night.
  createPlantedFlight(16, "CLT PHL", 21, { "2024-05-24": economy(8, 100) }),
  createPlantedFlight(17, "PHL CLT", 8, { "2024-05-24": economy(5, 159) }),
  createPlantedFlight(18, "PHL CLT", 18, { "2024-05-24": economy(9, 115) }),
];
