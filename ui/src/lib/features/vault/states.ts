/** The states and territories a practice can be in, and the time zones they live by. */
export const states: readonly { value: string; label: string; zone: string }[] = [
  ["AL", "Alabama", "America/Chicago"], ["AK", "Alaska", "America/Anchorage"], ["AZ", "Arizona", "America/Phoenix"],
  ["AR", "Arkansas", "America/Chicago"], ["CA", "California", "America/Los_Angeles"], ["CO", "Colorado", "America/Denver"],
  ["CT", "Connecticut", "America/New_York"], ["DE", "Delaware", "America/New_York"], ["DC", "District of Columbia", "America/New_York"],
  ["FL", "Florida", "America/New_York"], ["GA", "Georgia", "America/New_York"], ["GU", "Guam", "Pacific/Guam"],
  ["HI", "Hawaii", "Pacific/Honolulu"], ["ID", "Idaho", "America/Boise"], ["IL", "Illinois", "America/Chicago"],
  ["IN", "Indiana", "America/Indiana/Indianapolis"], ["IA", "Iowa", "America/Chicago"], ["KS", "Kansas", "America/Chicago"],
  ["KY", "Kentucky", "America/New_York"], ["LA", "Louisiana", "America/Chicago"], ["ME", "Maine", "America/New_York"],
  ["MD", "Maryland", "America/New_York"], ["MA", "Massachusetts", "America/New_York"], ["MI", "Michigan", "America/Detroit"],
  ["MN", "Minnesota", "America/Chicago"], ["MS", "Mississippi", "America/Chicago"], ["MO", "Missouri", "America/Chicago"],
  ["MT", "Montana", "America/Denver"], ["NE", "Nebraska", "America/Chicago"], ["NV", "Nevada", "America/Los_Angeles"],
  ["NH", "New Hampshire", "America/New_York"], ["NJ", "New Jersey", "America/New_York"], ["NM", "New Mexico", "America/Denver"],
  ["NY", "New York", "America/New_York"], ["NC", "North Carolina", "America/New_York"], ["ND", "North Dakota", "America/Chicago"],
  ["OH", "Ohio", "America/New_York"], ["OK", "Oklahoma", "America/Chicago"], ["OR", "Oregon", "America/Los_Angeles"],
  ["PA", "Pennsylvania", "America/New_York"], ["PR", "Puerto Rico", "America/Puerto_Rico"], ["RI", "Rhode Island", "America/New_York"],
  ["SC", "South Carolina", "America/New_York"], ["SD", "South Dakota", "America/Chicago"], ["TN", "Tennessee", "America/Chicago"],
  ["TX", "Texas", "America/Chicago"], ["UT", "Utah", "America/Denver"], ["VT", "Vermont", "America/New_York"],
  ["VI", "Virgin Islands", "America/St_Thomas"], ["VA", "Virginia", "America/New_York"], ["WA", "Washington", "America/Los_Angeles"],
  ["WV", "West Virginia", "America/New_York"], ["WI", "Wisconsin", "America/Chicago"], ["WY", "Wyoming", "America/Denver"],
].map(([value = "", label = "", zone = ""]) => ({ value, label, zone }));

/** Time zones a practice in the United States can be in, in plain words. */
export const zones: readonly { value: string; label: string }[] = [
  { value: "America/New_York", label: "Eastern (New York)" },
  { value: "America/Detroit", label: "Eastern (Detroit)" },
  { value: "America/Indiana/Indianapolis", label: "Eastern (Indianapolis)" },
  { value: "America/Chicago", label: "Central (Chicago)" },
  { value: "America/Denver", label: "Mountain (Denver)" },
  { value: "America/Boise", label: "Mountain (Boise)" },
  { value: "America/Phoenix", label: "Mountain, no daylight saving (Phoenix)" },
  { value: "America/Los_Angeles", label: "Pacific (Los Angeles)" },
  { value: "America/Anchorage", label: "Alaska (Anchorage)" },
  { value: "Pacific/Honolulu", label: "Hawaii (Honolulu)" },
  { value: "America/Puerto_Rico", label: "Atlantic (Puerto Rico)" },
  { value: "America/St_Thomas", label: "Atlantic (St. Thomas)" },
  { value: "Pacific/Guam", label: "Chamorro (Guam)" },
];
