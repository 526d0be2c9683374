//! The invented county: its towns, names and words. Any likeness with living people is chance.

pub(super) const TOWNS: &[(&str, &str)] = &[
    ("Wrenfield", "04101"), ("Pine Hollow", "04102"), ("Lowmoor", "04103"), ("Port Ansel", "04105"),
    ("Greyfield", "04106"), ("Fernbank", "04107"), ("Millrace", "04109"), ("Saint Orrin", "04110"),
    ("Bayberry", "04111"), ("Tamarack", "04112"), ("Ironwood", "04114"), ("Kestrel Bay", "04115"),
    ("Harrow Point", "04116"), ("Aldermere", "04117"), ("Stillwater", "04118"), ("Brindle Creek", "04119"),
    ("Copperhill", "04121"), ("Larkspur", "04122"), ("Northgate", "04123"), ("Hollis Ferry", "04124"),
    ("Quarry Lake", "04126"), ("Sedge Island", "04127"), ("Thornby", "04128"), ("Vesper Falls", "04129"),
];

pub(super) const GIVEN: &[&str] = &[
    "Keiko", "Samuel", "Hanna", "Owen", "June", "Felix", "Nadia", "Lena", "Dale", "Maria", "Anselm", "Priya",
    "Thérèse", "Marcus", "Ingrid", "Tobias", "Rosalind", "Gabriel", "Miriam", "Elias", "Yuki", "Omar", "Beatriz",
    "Callum", "Delphine", "Ezra", "Fatima", "Graham", "Helena", "Isaac", "Jocelyn", "Kwame", "Leila", "Mateo", "Noor",
    "Olive", "Patrick", "Quentin", "Rafael", "Selma", "Theodore", "Uma", "Victor", "Wendell", "Ximena", "Yvonne",
    "Zachary", "Alma", "Bruno", "Clara", "Dmitri", "Edith", "Florian", "Greta", "Hugo", "Iris", "Jasper", "Katya",
    "Lionel", "Mona", "Nikhil", "Orla", "Pavel", "Renata", "Silas", "Tamsin", "Ulrich", "Vera", "Winston", "Anouk",
    "Bartholomew", "Cecily", "Dominic", "Esther", "Frances", "Gideon", "Hester", "Ivo", "Judith", "Konrad",
];

pub(super) const FAMILY: &[&str] = &[
    "Ito", "Brandt", "Sørby", "Tully", "Abara", "Moreau", "Ferris", "Voss", "Petrakis", "Lindholm", "Castell",
    "Achterberg", "Odell", "Salvatore", "Renner", "Duarte", "Vandermeer", "Whitlock", "Feeney", "Yamane", "Oduya",
    "Petrov", "Kowalczyk", "Amsel", "Iversen", "Boone", "Ashdown", "Marsh", "Itterby", "Itagaki", "Ittner", "Okonkwo",
    "Halvorsen", "Pemberton", "Quist", "Rasmussen", "Sandoval", "Thackeray", "Underhill", "Vasquez", "Winslow", "Xiong",
    "Yarrow", "Zielinski", "Abernathy", "Bellweather", "Carmody", "Delacroix", "Eastman", "Fairbanks", "Galloway",
    "Hargreaves", "Inoue", "Jablonski", "Kershaw", "Lachance", "Mbeki", "Nakagawa", "O’Halloran", "Pruitt", "Quimby",
    "Rosenthal", "Stavros", "Trembley", "Ueda", "Villanueva", "Wexler", "Yoon", "Zamora", "Ballantyne", "Crowe",
    "Dunmore", "Ellery", "Fenwick", "Grimaldi", "Holloway", "Ibarra", "Jorgensen", "Kaplan", "Loomis", "Marchetti",
    "Norwood", "Osei", "Pascoe", "Rutledge", "Sinclair", "Tremaine", "Ulloa", "Varga", "Wetherby", "Achebe", "Bjork",
    "Corrigan", "Desrosiers", "Engstrom", "Fontaine", "Gruber", "Hidalgo", "Ismail", "Janssen", "Kettering", "Lowell",
    "McAllister", "Novak", "Olander", "Prescott", "Reyes", "Shaughnessy", "Tanaka", "Vogel", "Wyndham", "Zhou",
];

/// Words places are called after.
pub(super) const PLACES: &[&str] = &[
    "Alder", "Ansel", "Bayberry", "Beacon", "Birch", "Blue Heron", "Bramble", "Cedar", "Clearwater", "Cove Street",
    "Eastgate", "Elm Row", "Fernbank", "Foxglove", "Granite", "Greyfield", "Harbor", "Hawthorn", "Heron", "Highland",
    "Hillcrest", "Ironwood", "Juniper", "Kestrel", "Lakeside", "Larkspur", "Lighthouse", "Linden", "Lowmoor", "Maple",
    "Marina", "Meadow", "Millrace", "Mossy Rock", "North Shore", "Oakhurst", "Old Mill", "Orchard", "Pine Hollow",
    "Quarry", "Ridgeline", "River Bend", "Rosewood", "Saint Orrin", "Saltmarsh", "Seabright", "Sequoia", "Silverleaf",
    "Spruce", "Stillwater", "Stonebridge", "Summit", "Sunrise", "Tamarack", "Thistle", "Tidewater", "Union Square",
    "Valley", "Westbrook", "Willow",
];

/// What a medical partner is called after its place, its type and its specialty.
pub(super) const MEDICAL: &[(&str, &str, &str)] = &[
    ("Family Medicine", "primary_care", "Family medicine"), ("Family Practice", "primary_care", "Family medicine"),
    ("Internal Medicine", "primary_care", "Internal medicine"), ("Primary Care", "primary_care", "Family medicine"),
    ("Medical Associates", "primary_care", "Internal medicine"), ("Pediatrics", "pediatrics", "Pediatrics"),
    ("Children’s Clinic", "pediatrics", "Pediatrics"), ("Urgent Care", "urgent_care", "Urgent care"),
    ("Walk-in Clinic", "urgent_care", "Urgent care"), ("Physical Therapy", "physical_therapist", "Physical therapy"),
    ("Sports Rehab", "physical_therapist", "Physical therapy"), ("Chiropractic", "chiropractor", "Chiropractic"),
    ("Podiatry", "podiatrist", "Podiatry"), ("Rheumatology", "specialist", "Rheumatology"),
    ("Neurology", "specialist", "Neurology"), ("Pain Clinic", "specialist", "Pain medicine"),
    ("Endocrinology", "specialist", "Endocrinology"), ("Cardiology", "specialist", "Cardiology"),
    ("Women’s Health", "specialist", "Gynecology"), ("Imaging", "imaging_lab", "Radiology"),
    ("Home Health", "home_health", "Home health"), ("Community Hospital", "hospital", "Hospital"),
    ("Health Partners", "multi_specialty_clinic", "Multi-specialty"), ("Dental", "dentist", "Dentistry"),
];

/// What a business is called after its place, and its type.
pub(super) const BUSINESS: &[(&str, &str)] = &[
    ("Strength", "gym"), ("Fitness Club", "gym"), ("Climbing Gym", "gym"), ("Yoga", "sport_leader"),
    ("Running Club", "sport_leader"), ("High School", "school"), ("Dance Academy", "performer"),
    ("Running Shop", "shop"), ("Cycles", "shop"), ("Senior Living", "senior_residence"), ("Foundry", "employer"),
    ("Boatyard", "employer"), ("Logistics", "employer"), ("Day Spa", "salon_spa"), ("Realty", "realtor"),
    ("Chamber of Commerce", "association"), ("Rowing Association", "community_group"),
];

pub(super) const SOURCES: &[(&str, &str)] = &[
    ("Web search", "search"), ("Our web site", "web_site"), ("Insurance directory", "directory"),
    ("Alder County Herald advert", "advert"), ("Social media", "social_media"), ("Harvest Run stand", "event"),
    ("Walk-in", "walk_in"),
];

pub(super) const STREETS: &[&str] = &[
    "Main Street", "Harbor Road", "Mill Lane", "Alder Avenue", "Orchard Street", "Quarry Road", "Ferry Street",
    "Church Street", "Beacon Hill Road", "County Road 9", "Lakeside Drive", "Station Street",
];

pub(super) const CREDENTIALS: &[(&str, &str)] = &[
    ("MD", "physician"), ("MD", "physician"), ("MD", "physician"), ("DO", "physician"),
    ("PA-C", "advanced_practitioner"), ("FNP", "advanced_practitioner"),
];

pub(super) const TAGS: &[&str] = &[
    "Sends imaging first", "Prefers a call", "Fax only", "Sports teams", "Spanish spoken", "Lunch talk held",
    "Near the new office", "Wants same-week visits",
];

pub(super) const NOTES: &[&str] = &[
    "Met at the Harvest Run; their daughter rows with ours.", "Likes a short call better than a letter.",
    "Asked for the fracture pathway as one page.", "Moved to a larger office in spring.",
    "Coordinator changes often; ask who picks this month.", "Happy with the report times.",
];

pub(super) const MET_AT: &[&str] =
    &["Harvest Run", "County medical dinner", "Hospital grand rounds", "Chamber breakfast", "School sports day"];

/// Reason, service line, share of all, and whether winter brings more of it.
pub(super) const REASONS: &[(&str, &str, u32, bool)] = &[
    ("Knee pain", "Sports medicine", 18, false), ("Knee arthritis", "Joint replacement", 12, false),
    ("Hip arthritis", "Joint replacement", 10, false), ("Shoulder pain", "Sports medicine", 13, false),
    ("Rotator cuff tear", "Sports medicine", 6, false), ("Low back pain", "Spine", 11, false),
    ("Sciatica", "Spine", 5, false), ("Wrist fracture", "Fracture care", 6, true),
    ("Ankle fracture", "Fracture care", 5, true), ("Carpal tunnel", "Hand and wrist", 6, false),
    ("Foot pain", "Foot and ankle", 5, false), ("Ankle sprain", "Foot and ankle", 3, true),
];

pub(super) const PAYERS: &[&str] = &[
    "Medicare", "Medicaid", "Alder Mutual", "Harborline HMO", "Northgate PPO", "Workers’ compensation", "Self-pay",
];
