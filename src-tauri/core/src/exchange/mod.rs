//! The doors: spreadsheets in, spreadsheets and paper out.
