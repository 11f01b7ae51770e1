/**
 * Commands of POSIX shells and Bash, read without running them: {@link dev.agenttower.core.governance.hook.shell.ShellEffects} tells which
 * files a command changes and reads, as far as its text alone tells.
 */
@NullMarked
package dev.agenttower.core.governance.hook.shell;

import org.jspecify.annotations.NullMarked;
