@NullMarked
package dev.agenttower.core.governance.hook.shell;

import org.jspecify.annotations.NullMarked;
