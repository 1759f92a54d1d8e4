/** Examples of how to use the library, one class per task. */
@NullMarked
package io.lva.examples;

import org.jspecify.annotations.NullMarked;
