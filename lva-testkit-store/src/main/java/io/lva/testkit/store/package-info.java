/** The contract of asset stores, as tests. */
@org.jspecify.annotations.NullMarked
package io.lva.testkit.store;
