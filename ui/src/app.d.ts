declare global {
  namespace App {
    interface PageState {
      /** A detail opened beside a list, so that Back closes it. */
      detail?: string;
    }
  }
}

export {};
