/**
 * What the tests of several modules share: programs that judge output, and data beside the
 * checkout.
 */
@NullMarked
package io.lva.testkit;

import org.jspecify.annotations.NullMarked;
