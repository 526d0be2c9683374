#!/bin/sh
# Inside a message bus of its own: opens a real keyring, then waits for orders to drive the app.
set -eu
printf '%s' "$DBUS_SESSION_BUS_ADDRESS" >"$HOME/bus"
printf '%s' "$BATON_TEST_KEYRING" | gnome-keyring-daemon --unlock --components=secrets >/dev/null
exec WebKitWebDriver --port="$1"
