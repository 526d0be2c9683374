/** A sentence for every action history knows, past tense, as a toast and the history page say it. */
const sentences: Record<string, (subject: string) => string> = {
  practice_create: (subject) => `Practice ${subject} created`,
  role_rights_set: (subject) => `Rights of the role ${subject.replaceAll("_", " ")} changed`,
  role_rights_default: (subject) => `Rights of the role ${subject.replaceAll("_", " ")} back to default`,
  passphrase_change: (subject) => `Passphrase of ${subject} changed`,
  passphrase_first: (subject) => `${subject} came in for the first time and chose a passphrase`,
  profile_add: (subject) => `Profile of ${subject} added`,
  profile_edit: (subject) => `Profile of ${subject} changed`,
  profile_retire: (subject) => `Profile of ${subject} retired`,
  profile_reactivate: (subject) => `Profile of ${subject} active again`,
  profile_reset: (subject) => `New phrase handed to ${subject}`,
  key_remove: (subject) => `Keyring of ${subject} removed`,
  key_keyring_allow: () => "Keyrings allowed",
  key_keyring_forbid: () => "Keyrings forbidden",
  key_rotate: (subject) => `Key of ${subject} changed`,
  recovery_key_renew: () => "Recovery key renewed",
  unlock_by_recovery: (subject) => `${subject} unlocked with the recovery key`,
  practice_restore: (subject) => `Backup ${subject} restored`,
  backup_test: (subject) => `Restore of ${subject} tested`,
  backup_test_failed: (subject) => `Restore of ${subject} tested: it did not pass`,
  history_doubt_accepted: () => "Opened although history does not verify",
  partner_add: (subject) => `${subject} added`,
  partner_edit: (subject) => `${subject} changed`,
  partner_end: (subject) => `Relationship with ${subject} ended`,
  partner_reopen: (subject) => `Relationship with ${subject} resumed`,
  partner_trash: (subject) => `${subject} moved to the trash`,
  partner_restore: (subject) => `${subject} restored`,
  owner_set: (subject) => `Owner of ${subject} set`,
  person_add: (subject) => `${subject} added`,
  person_edit: (subject) => `${subject} changed`,
  person_trash: (subject) => `${subject} moved to the trash`,
  person_restore: (subject) => `${subject} restored`,
  affiliation_add: (subject) => `Place of work of ${subject} added`,
  affiliation_edit: (subject) => `Place of work of ${subject} changed`,
  affiliation_end: (subject) => `Place of work of ${subject} ended`,
  affiliation_remove: (subject) => `Place of work of ${subject} removed`,
  contact_add: (subject) => `Contact of ${subject} added`,
  contact_edit: (subject) => `Contact of ${subject} changed`,
  contact_remove: (subject) => `Contact of ${subject} removed`,
  address_add: (subject) => `Address of ${subject} added`,
  address_edit: (subject) => `Address of ${subject} changed`,
  address_remove: (subject) => `Address of ${subject} removed`,
  tag_add: (subject) => `Tag “${subject}” added`,
  tag_remove: (subject) => `Tag “${subject}” taken off`,
  tag_rename: (subject) => `Tag renamed to “${subject}”`,
  tag_delete: (subject) => `Tag “${subject}” deleted`,
  marked_different: (subject) => `${subject} marked as different`,
  view_save: (subject) => `View ${subject} saved`,
  view_rename: (subject) => `View ${subject} renamed`,
  view_delete: (subject) => `View ${subject} deleted`,
  referral_add: (subject) => `Referral of ${subject} recorded`,
  referral_edit: (subject) => `Referral of ${subject} changed`,
  referral_progress: (subject) => `Visit of ${subject} updated`,
  referral_close: (subject) => `Referral of ${subject} closed`,
  referral_reopen: (subject) => `Referral of ${subject} reopened`,
  referral_trash: (subject) => `Referral of ${subject} moved to the trash`,
  referral_restore: (subject) => `Referral of ${subject} restored`,
  referral_stage: (subject) => `Referral of ${subject} moved on`,
  referral_step: (subject) => `Step of ${subject} put down`,
  referral_step_remove: (subject) => `Step of ${subject} taken away`,
  referral_check: (subject) => `Checklist of ${subject} updated`,
  baton_hand_over: (subject) => `Referral of ${subject} handed over`,
  baton_accept: (subject) => `Referral of ${subject} accepted`,
  baton_decline: (subject) => `Hand-over of ${subject} declined`,
  baton_withdraw: (subject) => `Hand-over of ${subject} withdrawn`,
  baton_next: (subject) => `Next step of ${subject} set`,
  leak_set: (subject) => `Leak of ${subject} updated`,
  leak_reasons_set: () => "Reasons for leaks changed",
  leak_target_set: () => "Target for leaks changed",
  consent_add: (subject) => `Consent of ${subject} put down`,
  consent_revoke: (subject) => `Consent of ${subject} revoked`,
  referral_restrict: (subject) => `Referral of ${subject} put out of sight`,
  referral_unrestrict: (subject) => `Referral of ${subject} back in sight`,
  referral_answers: (subject) => `Details of ${subject} updated`,
  experience_add: (subject) => `Experience of ${subject} put down`,
  experience_remove: (subject) => `Experience of ${subject} taken away`,
  experience_follow_up: (subject) => `Low rating of ${subject} followed up`,
  absence_set: (subject) => `Absence of ${subject} put down`,
  absence_remove: () => "Absence taken away",
  process_set: () => "Path of referrals changed",
  process_reset: () => "Path of referrals set back to the default",
  letterhead_set: () => "Letterhead changed",
  packet_agreed: (subject) => `Documents agreed with ${subject} changed`,
  export_slip: (subject) => `${subject} saved`,
  export_packet: (subject) => `${subject} saved`,
  print_slip: (subject) => `${subject} printed`,
  calendar_set: () => "Working days changed",
  calendar_reset: () => "Working days set back to the default",
  field_restore: (subject) => `A field of ${subject} put back`,
  hold_place: (subject) => `Legal hold placed on ${subject}`,
  hold_lift: (subject) => `Legal hold on ${subject} lifted`,
  retention_set: () => "Times of keeping changed",
  lock_set: () => "Times of locking changed",
  purge: (subject) => `${subject} ${subject === "1" ? "record" : "records"} let go for good`,
  erasure_grant: (subject) => `Data erased; ${subject} stands for the name`,
  erasure_refuse: (subject) => `Request to erase ${subject} refused`,
  import: (subject) => `${subject} imported`,
  import_profile_save: (subject) => `Mapping ${subject} saved`,
  import_profile_delete: (subject) => `Mapping ${subject} deleted`,
  export_workbook: (subject) => `Scorecards written to ${subject}`,
  export_workbook_with_patients: (subject) => `Scorecards with patients’ names written to ${subject}`,
  export_register: (subject) => `Register written to ${subject}`,
  export_register_with_patients: (subject) => `Register with patients’ names written to ${subject}`,
  export_audit_log: (subject) => `Audit log written to ${subject}`,
  export_disclosures_with_patients: (subject) => `Accounting of disclosures written to ${subject}`,
  audit_sign_off: (subject) => `Audit log of ${subject} reviewed and signed`,
  disclosure_add: (subject) => `Disclosure of ${subject} put down`,
  disclosure_correct: (subject) => `Disclosure of ${subject} corrected`,
  sample_create: () => "Sample practice built",
  undo: (subject) => `Taken back: ${subject}`,
  redo: (subject) => `Brought back: ${subject}`,
};

/** Notes, where nothing in the tables changed, and profiles and keys, which are managed in the settings. */
const notes: ReadonlySet<string> = new Set([
  "practice_create", "passphrase_change", "passphrase_first", "profile_add", "profile_edit", "profile_retire", "profile_reactivate",
  "profile_reset", "key_remove", "key_keyring_allow", "key_keyring_forbid", "key_rotate", "recovery_key_renew", "unlock_by_recovery", "history_doubt_accepted",
  "practice_restore", "backup_test", "backup_test_failed", "purge", "erasure_grant", "erasure_refuse",
  "export_workbook", "export_workbook_with_patients", "export_register", "export_register_with_patients", "sample_create",
  "export_slip", "export_packet", "print_slip", "export_audit_log", "export_disclosures_with_patients", "audit_sign_off", "disclosure_add", "disclosure_correct",
]);

/** Whether a toast about it offers Undo. */
export function canTakeBack(action: string): boolean {
  return !notes.has(action);
}

/** Actions this build has a sentence for. */
export const knownActions: readonly string[] = Object.keys(sentences);

/** "Pine Hollow Family Medicine added". */
export function sentenceOf(action: string, subject: string): string {
  const sentence = sentences[action];
  const of = subject === "" ? "a record" : subject;
  const said = sentence ? sentence(of) : `Changed: ${of}`;
  // A name keeps its own first letter; only our words take a capital.
  return subject === "" ? said.charAt(0).toLocaleUpperCase() + said.slice(1) : said;
}

/** An entry of history in a sentence: an undo says what it took back. */
export function entrySentence(action: string, ofAction: string | null, subject: string): string {
  if (!ofAction) return sentenceOf(action, subject);
  return sentenceOf(action, sentenceOf(ofAction, subject));
}
