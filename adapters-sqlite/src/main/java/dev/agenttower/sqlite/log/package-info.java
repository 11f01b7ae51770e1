/** Log attachments, and how far their logs were read. */
@NullMarked
package dev.agenttower.sqlite.log;

import org.jspecify.annotations.NullMarked;
