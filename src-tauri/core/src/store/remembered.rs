//! Numbers that are the same until something is written: how many rows a list has is not counted again at each look.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// So many questions are remembered; a list on the screen asks one.
const QUESTIONS: usize = 16;

/// The answers since the last write.
#[derive(Default)]
pub(super) struct Remembered {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// How many writes there were.
    writes: u64,
    answers: HashMap<String, usize>,
}

impl Remembered {
    /// The answer to a question. What `count` read while somebody wrote is not remembered.
    pub(super) fn answer<E>(
        &self,
        question: &str,
        count: impl FnOnce() -> Result<usize, E>,
    ) -> Result<usize, E> {
        let writes = {
            let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(answer) = state.answers.get(question) {
                return Ok(*answer);
            }
            state.writes
        };
        let answer = count()?;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.writes == writes {
            if state.answers.len() >= QUESTIONS {
                state.answers.clear();
            }
            state.answers.insert(question.to_owned(), answer);
        }
        Ok(answer)
    }

    /// Something was written.
    pub(super) fn forget(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.writes += 1;
        state.answers.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(remembered: &Remembered, found: usize) -> usize {
        remembered.answer("how many", || Ok::<_, ()>(found)).unwrap()
    }

    #[test]
    fn an_answer_holds_until_something_is_written() {
        let remembered = Remembered::default();
        assert_eq!(answer(&remembered, 3), 3);
        assert_eq!(answer(&remembered, 4), 3);
        remembered.forget();
        assert_eq!(answer(&remembered, 4), 4);
    }

    #[test]
    fn what_was_read_while_somebody_wrote_is_not_remembered() {
        let remembered = Remembered::default();
        let during = remembered.answer("how many", || {
            remembered.forget();
            Ok::<_, ()>(3)
        });
        assert_eq!(during, Ok(3));
        assert_eq!(answer(&remembered, 4), 4);
    }

    #[test]
    fn only_the_latest_questions_are_kept() {
        let remembered = Remembered::default();
        for number in 0..100 {
            remembered.answer(&number.to_string(), || Ok::<_, ()>(number)).unwrap();
        }
        assert!(remembered.state.lock().unwrap().answers.len() <= QUESTIONS);
    }
}
