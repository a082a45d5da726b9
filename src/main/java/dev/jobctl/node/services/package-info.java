/// Traffic to Services: connections to a Service's address are passed on to its pods.
/// Listens on loopback addresses only; a virtual thread for each port and two for each connection.
/// May import `resource` and `std`.
/// May never import the loop or a controller; what there is to serve, `plane` tells.
/// Start at {@link dev.jobctl.node.services.ServiceProxy}.
@org.jspecify.annotations.NullMarked
package dev.jobctl.node.services;
