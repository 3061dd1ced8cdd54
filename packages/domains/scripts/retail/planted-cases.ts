import { card, giftCard, paypal, type PlantedCase } from "./planted-case.ts";

/** Customers of the tasks. The comments name the tasks. */
export const plantedCases: readonly PlantedCase[] = [
  // exchange_two_items_together
  {
    name: "Greta Solberg",
    digits: "2184",
    email: "7730",
    address: "15 Larkspur Avenue, Apt 3, Boulder, CO 80317",
    methods: [card("4471820", "visa", "5093")],
    orders: [
      { id: "#W7702951", status: "processed", items: ["Bike Panniers: 20 L / yellow / roll top"] },
      {
        id: "#W3180274",
        status: "delivered",
        items: ["Rain Jacket: moss / S / mesh", "Chef Knife: 20 cm / stainless / walnut", "Duvet: 135x200 cm / wool / all year"],
      },
    ],
  },
  // exchange_for_second_choice
  {
    name: "Farid Kapoor",
    digits: "6630",
    email: "1248",
    address: "640 Ferry Landing, Apt 17, Oakland, CA 94612",
    methods: [paypal("3095582"), giftCard("8127406", 60)],
    orders: [{ id: "#W5026613", status: "delivered", items: ["Camping Tent: 2 / three / orange"] }],
  },
  // return_to_gift_card
  {
    name: "Odette Moreau",
    digits: "3915",
    email: "8806",
    address: "88 Lantern Square, Apt 40, Savannah, GA 31405",
    methods: [card("6250931", "mastercard", "1184"), giftCard("2746015", 25)],
    orders: [
      {
        id: "#W8841507",
        status: "delivered",
        items: ["Turntable: direct / white / ceramic", "Reading Lamp: brass / stand / warm", "Duvet: 155x220 cm / wool / all year"],
      },
    ],
  },
  // return_to_other_card_refused
  {
    name: "Henrik Zimmer",
    digits: "7048",
    email: "3592",
    address: "301 Granite Way, Apt 6, Madison, WI 53719",
    methods: [card("9183364", "visa", "4410"), card("5507128", "mastercard", "2967")],
    orders: [
      { id: "#W2957340", status: "delivered", items: ["Chef Knife: 24 cm / stainless / resin", "Wool Sweater: charcoal / XL / crew"] },
    ],
  },
  // return_or_exchange_not_both
  {
    name: "Thandi Quispe",
    digits: "1492",
    email: "6075",
    address: "27 Thistle Street, Apt 11, Eugene, OR 97403",
    methods: [paypal("7416209")],
    orders: [
      { id: "#W6413085", status: "delivered", items: ["Trekking Poles: carbon / 110 cm / cork", "Reading Lamp: white / clamp / warm"] },
    ],
  },
  // cancel_cheaper_elsewhere_refused
  {
    name: "Gustavo Pereira",
    digits: "5207",
    email: "4419",
    address: "512 Copperfield Lane, Apt 29, El Paso, TX 79932",
    methods: [card("1369047", "visa", "8052")],
    orders: [{ id: "#W9370216", status: "pending", items: ["Desktop Monitor: 32 inch / 4K / IPS", "Reading Lamp: brass / clamp / warm"] }],
  },
  // cancel_what_is_still_pending
  {
    name: "Joanna Vandermeer",
    digits: "8361",
    email: "2057",
    address: "194 Harbor Steps, Apt 33, Erie, PA 16507",
    methods: [card("7048215", "mastercard", "6631"), giftCard("5932870", 18)],
    orders: [
      { id: "#W1265890", status: "pending", items: ["Bike Panniers: 40 L / black / roll top"], paidBy: "gift_card_5932870" },
      { id: "#W7719403", status: "processed", items: ["Wool Sweater: cream / L / crew"] },
      { id: "#W4058137", status: "pending", items: ["Trekking Poles: aluminum / 120 cm / cork", "Chef Knife: 20 cm / stainless / resin"] },
    ],
  },
  // cancel_one_item_refused
  {
    name: "Samir Rinaldi",
    digits: "4459",
    email: "9163",
    address: "76 Sycamore Bend, Apt 2, Durham, NC 27731",
    methods: [paypal("2680594")],
    orders: [{ id: "#W3694728", status: "pending", items: ["Wool Sweater: rust / L / turtle", "Rain Jacket: navy / M / mesh"] }],
  },
  // cancel_processed_refused
  {
    name: "Ursula Castellano",
    digits: "9073",
    email: "5381",
    address: "430 Orchard Close, Apt 14, Toledo, OH 43615",
    methods: [card("3815572", "visa", "7726")],
    orders: [
      {
        id: "#W5582064",
        status: "processed",
        items: ["Camping Tent: 4 / four / green", "Trekking Poles: carbon / 130 cm / foam"],
        tracking: "604918273355",
      },
    ],
  },
  // modify_to_cheapest_available
  {
    name: "Lorenzo Ibarra",
    digits: "2716",
    email: "6940",
    address: "918 Foundry Court, Apt 51, Tucson, AZ 85718",
    methods: [card("8406193", "mastercard", "3375"), paypal("1957038")],
    orders: [
      { id: "#W8136942", status: "pending", items: ["Turntable: belt / walnut / moving magnet", "Wool Sweater: charcoal / M / crew"] },
    ],
  },
  // office_address_and_other_jacket
  {
    name: "Hana Winslow",
    digits: "6584",
    email: "1702",
    address: "63 Old Mill Road, Apt 19, Albany, NY 12240",
    methods: [card("2194786", "visa", "9058")],
    orders: [{ id: "#W4907351", status: "pending", items: ["Rain Jacket: navy / L / fleece", "Duvet: 135x200 cm / down / summer"] }],
  },
  // gift_card_holds_too_little
  {
    name: "Nikolai Fontaine",
    digits: "3820",
    email: "7416",
    address: "255 Juniper Row, Apt 7, Tampa, FL 33648",
    methods: [paypal("6073941"), giftCard("4851260", 85), card("9720815", "mastercard", "5540")],
    orders: [
      { id: "#W6270418", status: "pending", items: ["Bike Panniers: 20 L / yellow / roll top", "Reading Lamp: black / stand / neutral"] },
    ],
  },
  // pay_by_gift_card
  {
    name: "Yasmin Lockhart",
    digits: "5139",
    email: "8823",
    address: "707 Beacon Hill Road, Apt 25, Worcester, MA 01634",
    methods: [card("5046372", "visa", "2213"), giftCard("7308491", 480)],
    orders: [{ id: "#W1843597", status: "pending", items: ["Rain Jacket: amber / L / mesh", "Trekking Poles: carbon / 110 cm / cork"] }],
  },
  // move_house
  {
    name: "Esteban Dvorak",
    digits: "7395",
    email: "3048",
    address: "402 Quarry Street, Apt 8, Peoria, IL 61643",
    methods: [card("6914027", "visa", "1869")],
    orders: [
      { id: "#W3379152", status: "delivered", items: ["Reading Lamp: brass / stand / warm"] },
      { id: "#W6658043", status: "processed", items: ["Desktop Monitor: 27 inch / QHD / VA"] },
      { id: "#W2031769", status: "pending", items: ["Camping Tent: 2 / three / green"] },
      { id: "#W9415820", status: "pending", items: ["Bike Panniers: 40 L / red / zip", "Trekking Poles: carbon / 120 cm / foam"] },
    ],
  },
  // wrong_zip_first
  {
    name: "Wren Thackeray",
    digits: "4086",
    email: "9517",
    address: "233 Windmill Terrace, Apt 21, Duluth, MN 55806",
    methods: [card("3572618", "mastercard", "7094"), paypal("8810457")],
    orders: [
      { id: "#W2218476", status: "pending", items: ["Trail Shoes: 43 / regular / teal"] },
      {
        id: "#W7590628",
        status: "delivered",
        items: ["Reading Lamp: black / clamp / neutral", "Wool Sweater: charcoal / M / crew"],
        paidBy: "paypal_8810457",
      },
    ],
  },
  // order_of_a_friend
  {
    name: "Tamsin Hollis",
    digits: "8542",
    email: "2639",
    address: "119 Tidewater Drive, Apt 4, Tacoma, WA 98455",
    methods: [paypal("5263794")],
    orders: [
      { id: "#W5743196", status: "pending", items: ["Trekking Poles: carbon / 120 cm / cork", "Reading Lamp: brass / clamp / warm"] },
    ],
  },
  // order_of_a_friend: the friend
  {
    name: "Petra Yoder",
    digits: "1127",
    email: "3361",
    address: "58 Lantern Square, Apt 9, Tacoma, WA 98421",
    methods: [card("1748360", "visa", "4902")],
    orders: [{ id: "#W8092365", status: "pending", items: ["Duvet: 200x220 cm / down / winter"] }],
  },
  // count_sweaters
  {
    name: "Leona Jankowski",
    digits: "9961",
    email: "5726",
    address: "346 Granite Way, Apt 12, Madison, WI 53744",
    methods: [card("4629105", "mastercard", "8137")],
    orders: [{ id: "#W1530876", status: "delivered", items: ["Wool Sweater: cream / M / crew"] }],
  },
  // what_would_come_back
  {
    name: "Rafael Bergstrom",
    digits: "3648",
    email: "1095",
    address: "821 Harbor Steps, Apt 22, Savannah, GA 31419",
    methods: [card("7850243", "visa", "3618"), paypal("9034127")],
    orders: [
      {
        id: "#W6127583",
        status: "delivered",
        items: ["Reading Lamp: black / stand / neutral", "Turntable: direct / black / moving magnet"],
      },
      {
        id: "#W4480917",
        status: "delivered",
        items: ["Duvet: 200x220 cm / wool / summer", "Wool Sweater: forest / L / crew"],
        paidBy: "paypal_9034127",
      },
    ],
  },
  // shoes_for_a_jacket_refused
  {
    name: "Celeste Okafor",
    digits: "2275",
    email: "6884",
    address: "290 Orchard Close, Apt 30, Durham, NC 27746",
    methods: [paypal("3641870")],
    orders: [
      { id: "#W9026471", status: "delivered", items: ["Trail Shoes: 41 / regular / gray", "Trekking Poles: aluminum / 110 cm / foam"] },
    ],
  },
  // exchange_beyond_gift_card
  {
    name: "Malik Novak",
    digits: "6817",
    email: "4250",
    address: "174 Windmill Terrace, Apt 16, Eugene, OR 97428",
    methods: [card("2905718", "visa", "6046"), giftCard("6519384", 40)],
    orders: [{ id: "#W3506129", status: "delivered", items: ["Desktop Monitor: 24 inch / Full HD / IPS"] }],
  },
  // undo_cancellation
  {
    name: "Viktor Marchetti",
    digits: "5733",
    email: "9371",
    address: "39 Copperfield Lane, Apt 5, Albany, NY 12211",
    methods: [card("8167350", "mastercard", "2580")],
    orders: [
      { id: "#W7264058", status: "cancelled", items: ["Turntable: direct / walnut / moving coil", "Wool Sweater: rust / L / turtle"] },
    ],
  },
  // both_copies
  {
    name: "Zuri Kowalczyk",
    digits: "4190",
    email: "7062",
    address: "563 Juniper Row, Apt 44, Oakland, CA 94638",
    methods: [card("1053869", "visa", "9427")],
    orders: [
      {
        id: "#W8619734",
        status: "pending",
        items: ["Reading Lamp: white / clamp / warm", "Duvet: 135x200 cm / wool / all year", "Reading Lamp: white / clamp / warm"],
      },
    ],
  },
  // change_of_mind
  {
    name: "Anouk Grabowski",
    digits: "7086",
    email: "5813",
    address: "485 Ferry Landing, Apt 10, Toledo, OH 43602",
    methods: [card("6387194", "mastercard", "1751")],
    orders: [{ id: "#W1974602", status: "pending", items: ["Duvet: 155x220 cm / down / all year", "Wool Sweater: cream / S / turtle"] }],
  },
  // return_all_that_arrived
  {
    name: "Basil Xiong",
    digits: "3552",
    email: "8194",
    address: "612 Thistle Street, Apt 38, Boulder, CO 80325",
    methods: [paypal("4708926"), card("9241053", "visa", "6390")],
    orders: [
      { id: "#W5398210", status: "delivered", items: ["Bike Panniers: 20 L / black / roll top"] },
      { id: "#W8753149", status: "pending", items: ["Wool Sweater: charcoal / XL / crew"] },
      {
        id: "#W2640785",
        status: "delivered",
        items: ["Chef Knife: 24 cm / stainless / resin", "Rain Jacket: navy / M / mesh"],
        paidBy: "credit_card_9241053",
      },
    ],
  },
];
