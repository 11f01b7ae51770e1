package dev.agenttower.cli.hook;

/**
 * Where a hook stands in the settings of a client.
 *
 * @param event the name of its event
 * @param group the index of its group among those of the event
 * @param index its index in the group
 */
record HookPlace(String event, int group, int index) {
    @Override
    public String toString() {
        return "hooks." + event + "[" + group + "].hooks[" + index + "]";
    }
}
