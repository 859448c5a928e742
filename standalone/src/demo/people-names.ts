export type CountryCode = 'US' | 'CA' | 'GB' | 'IE' | 'DE' | 'FR' | 'NL' | 'SE' | 'ES' | 'IT' | 'AU';

/** How addresses look in a country. In `phone`, `#` is any digit; numbers are from ranges kept free for fiction. */
interface Place {
  cities: readonly (readonly [city: string, state: string | null, zip: string])[];
  streets: readonly string[];
  phone: string;
  isNumberFirst: boolean;
  flat: string;
}

export const PLACES: Readonly<Record<CountryCode, Place>> = {
  US: {
    cities: [
      ['Portland', 'OR', '97209'],
      ['Madison', 'WI', '53703'],
      ['Asheville', 'NC', '28801'],
      ['Burlington', 'VT', '05401'],
      ['Boulder', 'CO', '80302'],
    ],
    streets: ['Maple Street', 'Juniper Avenue', 'Lake Road', 'Orchard Drive', 'Second Street'],
    phone: '+1 503 555 01##',
    isNumberFirst: true,
    flat: 'Apt',
  },
  CA: {
    cities: [
      ['Halifax', 'NS', 'B3H 1X1'],
      ['Victoria', 'BC', 'V8W 1A1'],
      ['Guelph', 'ON', 'N1H 2T3'],
    ],
    streets: ['Harbour Street', 'Spruce Lane', 'King Street West'],
    phone: '+1 902 555 01##',
    isNumberFirst: true,
    flat: 'Unit',
  },
  GB: {
    cities: [
      ['Bristol', null, 'BS1 4DJ'],
      ['Leeds', null, 'LS1 5DL'],
      ['Edinburgh', null, 'EH1 1YZ'],
    ],
    streets: ['Mill Lane', 'Station Road', 'Church Walk', 'Quay Street'],
    phone: '+44 7700 900###',
    isNumberFirst: true,
    flat: 'Flat',
  },
  IE: {
    cities: [
      ['Galway', null, 'H91 E2K7'],
      ['Cork', null, 'T12 X70A'],
    ],
    streets: ['Quay Lane', 'Abbey Street', 'Sea Road'],
    phone: '+353 20 91#####',
    isNumberFirst: true,
    flat: 'Apartment',
  },
  DE: {
    cities: [
      ['Leipzig', null, '04109'],
      ['Freiburg', null, '79098'],
      ['Hamburg', null, '20095'],
    ],
    streets: ['Lindenstraße', 'Gartenweg', 'Bahnhofstraße', 'Am Mühlbach'],
    phone: '+49 171 39200##',
    isNumberFirst: false,
    flat: 'Wohnung',
  },
  FR: {
    cities: [
      ['Nantes', null, '44000'],
      ['Lyon', null, '69002'],
    ],
    streets: ['rue des Lilas', 'rue du Moulin', 'avenue de la Gare'],
    phone: '+33 6 39 98 ## ##',
    isNumberFirst: true,
    flat: 'Apt',
  },
  NL: {
    cities: [
      ['Utrecht', null, '3511 AB'],
      ['Groningen', null, '9711 LM'],
    ],
    streets: ['Oudegracht', 'Molenstraat', 'Kerkweg'],
    phone: '+31 97 0#######',
    isNumberFirst: false,
    flat: 'App.',
  },
  SE: {
    cities: [
      ['Gothenburg', null, '411 06'],
      ['Uppsala', null, '753 10'],
    ],
    streets: ['Storgatan', 'Björkvägen', 'Hamngatan'],
    phone: '+46 70 17406##',
    isNumberFirst: false,
    flat: 'Lgh',
  },
  ES: {
    cities: [
      ['Valencia', null, '46002'],
      ['Bilbao', null, '48001'],
    ],
    streets: ['Calle Mayor', 'Calle del Sol', 'Paseo del Río'],
    phone: '+34 600 000 0##',
    isNumberFirst: false,
    flat: 'Piso',
  },
  IT: {
    cities: [
      ['Bologna', 'BO', '40121'],
      ['Turin', 'TO', '10121'],
    ],
    streets: ['Via Garibaldi', 'Via dei Tigli', 'Corso Italia'],
    phone: '+39 320 000 0###',
    isNumberFirst: false,
    flat: 'Int.',
  },
  AU: {
    cities: [
      ['Hobart', 'TAS', '7000'],
      ['Fremantle', 'WA', '6160'],
    ],
    streets: ['Banksia Street', 'Wharf Road', 'Hill Street'],
    phone: '+61 491 570 ###',
    isNumberFirst: true,
    flat: 'Unit',
  },
};

export const CUSTOMER_NAMES: readonly (readonly [first: string, last: string, country: CountryCode])[] = [
  ['Robin', 'Ashdown', 'US'],
  ['Hannah', 'Whitlock', 'US'],
  ['Marcus', 'Delgado', 'US'],
  ['June', 'Okafor', 'US'],
  ['Samuel', 'Brandt', 'US'],
  ['Naomi', 'Castellan', 'US'],
  ['Wesley', 'Tran', 'US'],
  ['Grace', 'Holloway', 'US'],
  ['Dev', 'Malhotra', 'US'],
  ['Ellis', 'Monroe', 'US'],
  ['Carmen', 'Vidal', 'US'],
  ['Theo', 'Lindqvist', 'US'],
  ['Amara', 'Bello', 'US'],
  ['Jonah', 'Feldman', 'US'],
  ['Paige', 'Sutter', 'US'],
  ['Owen', 'Tremblay', 'CA'],
  ['Chloé', 'Gagnon', 'CA'],
  ['Sana', 'Qureshi', 'CA'],
  ['Liam', 'MacIsaac', 'CA'],
  ['Imogen', 'Hartley', 'GB'],
  ['Callum', 'Reid', 'GB'],
  ['Beatrice', 'Nwosu', 'GB'],
  ['Harvey', 'Penrose', 'GB'],
  ['Zara', 'Hussain', 'GB'],
  ['Aoife', 'Brennan', 'IE'],
  ['Cian', 'Doyle', 'IE'],
  ['Lukas', 'Bergmann', 'DE'],
  ['Anneke', 'Vogel', 'DE'],
  ['Jürgen', 'Kessler', 'DE'],
  ['Camille', 'Fournier', 'FR'],
  ['Hugo', 'Lambert', 'FR'],
  ['Sanne', 'de Wit', 'NL'],
  ['Bram', 'Kuiper', 'NL'],
  ['Elin', 'Sjöberg', 'SE'],
  ['Oskar', 'Nyström', 'SE'],
  ['Lucía', 'Herrero', 'ES'],
  ['Iker', 'Aranda', 'ES'],
  ['Giulia', 'Ferrante', 'IT'],
  ['Mia', 'Thornbury', 'AU'],
  ['Jack', 'Pemberton', 'AU'],
];
