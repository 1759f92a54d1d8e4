/** One class per task. */
@NullMarked
package io.lva.examples;

import org.jspecify.annotations.NullMarked;
