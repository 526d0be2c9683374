//! Ids: UUID v7, 16 bytes in the file, hyphenated text on the wire. One type per kind of record.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The id of any record, when its kind is known otherwise (history, search).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(Uuid);

#[cfg(feature = "specta")]
impl specta::Type for RecordId {
    fn definition(types: &mut specta::Types) -> specta::datatype::DataType {
        <String as specta::Type>::definition(types)
    }
}

impl RecordId {
    /// A new id that sorts after every id made before on this machine.
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }

    /// The 16 bytes as the file keeps them.
    pub fn bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// From the 16 bytes of the file.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    /// From 16 bytes whose length is not known yet; `None` if they are not 16.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        Uuid::from_slice(bytes).ok().map(Self)
    }
}

impl Default for RecordId {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Display for RecordId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::str::FromStr for RecordId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

impl ToSql for RecordId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Blob(self.0.as_bytes())))
    }
}

impl FromSql for RecordId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let bytes = value.as_blob()?;
        Uuid::from_slice(bytes)
            .map(Self)
            .map_err(|_| FromSqlError::InvalidBlobSize { expected_size: 16, blob_size: bytes.len() })
    }
}

/// Declares the id of one kind of record.
macro_rules! record_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub RecordId);

        #[cfg(feature = "specta")]
        impl specta::Type for $name {
            fn definition(types: &mut specta::Types) -> specta::datatype::DataType {
                <String as specta::Type>::definition(types)
            }
        }

        impl $name {
            /// A new id.
            #[allow(clippy::new_without_default, reason = "a default id would be a new one each time")]
            pub fn new() -> Self {
                Self(RecordId::new())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<$name> for RecordId {
            fn from(id: $name) -> RecordId {
                id.0
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.0.to_sql()
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                RecordId::column_result(value).map(Self)
            }
        }
    )*};
}

record_ids! {
    /// Our own practice.
    PracticeId;
    /// A member of our staff who unlocks the file.
    ProfileId;
    /// Something of value that was given, or thanks without one.
    RewardId;
    /// Thanks that are being written, were sent, or are not due.
    ThanksId;
    /// A contact with a partner.
    TouchId;
    /// Something somebody will do by a day.
    TaskId;
    /// Somebody's day outside.
    VisitDayId;
    /// A stop of such a day.
    VisitStopId;
    /// A list of partners to be called or dropped in on.
    CanvassId;
    /// A playbook that is followed with one partner.
    PlanId;
    /// An organisation or person outside the practice with whom we exchange referrals.
    PartnerId;
    /// A human at a partner.
    PersonId;
    /// The dated link between a person and a partner.
    AffiliationId;
    /// A telephone, e-mail or other way to reach somebody.
    ContactPointId;
    /// A postal address.
    AddressId;
    /// A tag on partners.
    TagId;
    /// A saved view of a list.
    ViewId;
    /// A patient.
    PatientId;
    /// One patient handed from one party to another.
    ReferralId;
    /// One run of an import.
    ImportId;
    /// A saved mapping of an import's columns.
    ImportProfileId;
    /// A spelling that was matched once.
    AliasId;
    /// Something that left the practice about patients.
    DisclosureId;
    /// A signed review of the log.
    ReviewId;
}
