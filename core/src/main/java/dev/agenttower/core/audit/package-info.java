/**
 * The audit trail: one record for each mutation, appended durably.
 */
@NullMarked
package dev.agenttower.core.audit;

import org.jspecify.annotations.NullMarked;
