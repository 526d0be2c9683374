-- A CHECK with a list of three or more builds that list anew for every row that is written: as much work as four indexes.
-- The same conditions as comparisons. Nothing stored changes, so that the text of the table is all there is to change
-- (https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes"; the store makes it writable).

UPDATE sqlite_schema SET sql =
    replace(replace(replace(replace(sql,
        'direction IN (''inbound'', ''outbound'', ''internal'')',
        'direction = ''inbound'' OR direction = ''outbound'' OR direction = ''internal'''),
        'source_answer IN (''named'', ''does_not_know'', ''declined'', ''not_asked'')',
        'source_answer = ''named'' OR source_answer = ''does_not_know'' OR source_answer = ''declined'' OR source_answer = ''not_asked'''),
        'urgency IN (''emergency'', ''urgent'', ''routine'')',
        'urgency = ''emergency'' OR urgency = ''urgent'' OR urgency = ''routine'''),
        'outcome IN (''scheduled'', ''seen'', ''no_show'', ''declined'', ''lost'')',
        'outcome = ''scheduled'' OR outcome = ''seen'' OR outcome = ''no_show'' OR outcome = ''declined'' OR outcome = ''lost''')
    WHERE type = 'table' AND name = 'referral';
