import { QueryClient } from "@tanstack/svelte-query";

/**
 * What the screens have read from the core. The file is on this machine: nothing goes stale by
 * itself, nothing is fetched again for a window that regains the focus, and a failure is told at
 * once. A write invalidates what it touched; a lock clears everything (`queryClient.clear()`).
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: 5 * 60_000,
      retry: false,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: "always",
    },
    mutations: { retry: false, networkMode: "always" },
  },
});
