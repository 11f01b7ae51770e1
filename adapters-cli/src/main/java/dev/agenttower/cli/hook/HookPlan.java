package dev.agenttower.cli.hook;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All changes of files by which our hook is entered in the settings of a client, or removed.
 *
 * @param client the client
 * @param changes the changes, in the order in which they are made
 * @param areOthersMoved whether hooks that are not ours have another place afterwards
 */
record HookPlan(HookClient client, List<SettingsChange> changes, boolean areOthersMoved) {
    /**
     * The plan to enter the hook for each event.
     *
     * @throws UnusableSettingsException if a file cannot be used as it is, or the client would then drop our hook silently
     */
    static HookPlan install(HookClient client, HookScope scope) {
        HookTree settings = HookTree.read(client.file(scope));
        List<HookPlace> earlier = settings.ours();
        List<HookPlace> others = settings.others();
        for (String event : client.events()) {
            settings.enter(event, client.hook(event, scope.command().line(client.name(), event)));
        }
        client.check(settings);
        List<HookPlace> now = settings.ours().stream()
                .filter(place -> client.events().contains(place.event()))
                .toList();
        List<HookPlace> left = new ArrayList<>(earlier);
        left.removeAll(settings.ours());
        List<SettingsChange> changes = new ArrayList<>();
        // Trust in a hook that is not there yet does nothing; a hook without it makes the client ask.
        client.approval(scope, left, now).ifPresent(changes::add);
        changes.add(settings.change());
        return new HookPlan(client, changes, !others.equals(settings.others()));
    }

    /**
     * The plan to remove the hook.
     *
     * @throws UnusableSettingsException if a file cannot be used as it is
     */
    static HookPlan uninstall(HookClient client, HookScope scope) {
        HookTree settings = HookTree.read(client.file(scope));
        List<HookPlace> earlier = settings.ours();
        List<HookPlace> others = settings.others();
        settings.remove();
        List<SettingsChange> changes = new ArrayList<>();
        changes.add(settings.change());
        client.approval(scope, earlier, List.of()).ifPresent(changes::add);
        return new HookPlan(client, changes, !others.equals(settings.others()));
    }

    /** Whether there is nothing to do. */
    boolean isDone() {
        return changes.stream().allMatch(SettingsChange::isNone);
    }

    /** Makes the changes. */
    void carryOut() {
        changes.stream().filter(change -> !change.isNone()).forEach(SettingsChange::apply);
    }

    Path file(HookScope scope) {
        return client.file(scope);
    }

    /** What the user must know of other hooks, or null. */
    @Nullable String note() {
        return areOthersMoved ? client.noteOnMoves() : null;
    }
}
