package dev.agenttower.cli.hook;

import java.nio.file.Path;

/**
 * Where hooks are entered.
 *
 * @param folder the folder that holds the folders of the clients, absolute: that of a project, or the user's home folder
 * @param home the user's home folder, absolute
 * @param isProject whether it is a project
 * @param command the command to enter
 */
record HookScope(Path folder, Path home, boolean isProject, HookCommandLine command) {}
