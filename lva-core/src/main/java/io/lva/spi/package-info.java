/**
 * What the author of a node implements and uses. Providers are found by {@link
 * java.util.ServiceLoader}.
 */
@NullMarked
package io.lva.spi;

import org.jspecify.annotations.NullMarked;
