//! Words in the names of organisations.

/// Forms of law and filler: say nothing about which organisation it is.
pub(super) const FILLER: &[&str] =
    &["llc", "inc", "incorporated", "corp", "corporation", "ltd", "llp", "pllc", "lp", "plc", "co", "company", "the", "of", "and", "for", "at", "in", "on", "dba"];

/// Words that may be left out behind a name without making it another one.
pub(super) const OPTIONAL: &[&str] =
    &["associates", "group", "clinic", "office", "practice", "center", "partners", "providers", "services", "department", "dept", "pc", "pa", "sc", "medical", "assoc"];

/// Words that many organisations carry; the rest of a name tells which one it is. Abbreviations of them are understood.
pub(super) const GENERIC: &[&str] = &[
    "academy", "acupuncture", "adult", "allergy", "ambulatory", "anesthesia", "arthritis", "assisted", "associates", "association", "athletics", "audiology",
    "behavioral", "cancer", "cardiology", "care", "center", "childrens", "chiropractic", "church", "clinic", "college", "community", "counseling", "county",
    "cardiovascular", "dental", "dentistry", "department", "dermatology", "diabetes", "diagnostic", "emergency", "endocrinology", "express", "eye",
    "family", "fitness", "foot", "foundation", "gastroenterology", "general", "geriatric", "geriatrics", "group", "gynecology", "hand", "health",
    "healthcare", "heart", "home", "hospital", "imaging", "immediate", "infectious", "institute", "integrative", "internal", "kidney", "laboratory",
    "living", "lung", "medical", "medicine", "memorial", "midwifery", "nephrology", "network", "neurology", "neurosurgery", "nursing", "obstetrics",
    "occupational", "office", "oncology", "ophthalmology", "optometry", "orthopedic", "orthopedics", "orthopaedic", "orthopaedics", "otolaryngology",
    "pain", "partners", "pediatric", "pediatrics", "pharmacy", "physiatry", "physical", "physicians", "plastic", "podiatry", "practice", "practitioners",
    "primary", "providers", "psychiatry", "psychology", "pulmonary", "radiology", "regional", "rehabilitation", "residence", "rheumatology", "school", "senior",
    "services", "spine", "sports", "street", "studio", "surgery", "surgical", "surgeons", "system", "therapy", "university", "urgent", "urology", "vascular", "vein", "walk",
    "wellness", "womens", "mount", "saint", "north", "south", "east", "west",
];

/// Abbreviations that are no beginning of their word.
pub(super) const SHORT: &[(&str, &str)] = &[
    ("ctr", "center"), ("cntr", "center"), ("centre", "center"), ("peds", "pediatrics"), ("dept", "department"), ("grp", "group"), ("hlth", "health"),
    ("hosp", "hospital"), ("svc", "services"), ("svcs", "services"), ("service", "services"), ("st", "saint"), ("mt", "mount"), ("assocs", "associates"), ("orthopaedic", "orthopedic"),
    ("orthopaedics", "orthopedics"), ("paediatrics", "pediatrics"), ("gyn", "gynecology"), ("psych", "psychology"), ("chiro", "chiropractic"), ("phys", "physical"), ("med", "medicine"),
    ("cardio", "cardiology"), ("gastro", "gastroenterology"), ("rehab", "rehabilitation"), ("rheum", "rheumatology"), ("neuro", "neurology"), ("pharm", "pharmacy"), ("centers", "center"),
    ("dr", "doctor"), ("univ", "university"), ("er", "emergency"), ("hc", "healthcare"), ("fam", "family"), ("int", "internal"), ("prac", "practice"), ("asc", "associates"), ("clin", "clinic"),
];

/// Words by which a name is an organisation's and not a person's.
pub(super) const TELLING: &[&str] = &[
    "academy", "agency", "apothecary", "associates", "association", "athletics", "auto", "bakery", "bank", "boatworks", "boats", "boatyard", "brewery", "brewing",
    "builders", "cafe", "care", "center", "centre", "chamber", "chiropractic", "church", "clinic", "climbing", "club", "co", "college", "committee", "company", "condominiums",
    "construction", "consulting", "corp", "corporation", "council", "counseling", "crew", "crossfit", "crosstraining", "ctr", "cycling", "dance", "daycare", "dental", "dentistry",
    "department", "dept", "dermatology", "diner", "electric", "emergency", "employer", "endocrinology", "er", "estates", "express", "farm", "farms", "fitness", "foundation", "gastroenterology", "gym",
    "gymnastics", "health", "healthcare", "hockey", "homecare", "hospice", "hospital", "hotel", "imaging", "inc", "industries", "institute", "insurance", "karate", "laboratory", "landscaping",
    "law", "league", "library", "linen", "living", "llc", "llp", "logistics", "lodge", "manor", "manufacturing", "market", "martial", "medical", "medicine", "ministries", "movers", "museum", "neurology", "network",
    "nursery", "nursing", "obgyn", "office", "offices", "oncology", "ophthalmology", "optical", "optometry", "orthopaedics", "orthopedics", "outfitters", "payroll", "pediatrics", "peds", "pharmacy",
    "physicians", "pilates", "plumbing", "pllc", "podiatry", "practice", "preschool", "primary", "properties", "provisions", "psychiatry", "psychology", "radiology", "realty", "recreation", "rehab", "rehabilitation",
    "residence", "restaurant", "rheumatology", "rowing", "running", "sailing", "salon", "school", "schools", "service", "services", "shipyard", "shop", "soccer", "society", "solutions",
    "spa", "spine", "sports", "store", "studio", "studios", "supply", "support", "surgeons", "surgery", "surgical", "swim", "systems", "tavern", "team", "tennis", "therapy", "towers", "training",
    "transport", "trucking", "uc", "union", "university", "urgent", "urology", "village", "vineyard", "volleyball", "warehouse", "wellness", "womens", "works", "yacht", "ymca", "yoga", "ywca", "youth", "zumba",
];
