//! One patient handed from one party to another.
