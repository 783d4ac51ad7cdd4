//! Handles: what a client offers on one kind of thing.

/// Declares a handle: a client, with ids that all of its methods share, and a method for each operation. A method
/// gives what its arrow says: a [`Call`](crate::Call), a [`List`](crate::List), a [`Start`](crate::Start) or a
/// [`Poller`](crate::Poller) of the operation, or another handle. The operation, or that handle, takes the shared ids
/// first and then what the method takes.
///
/// ```
/// use orglib_core::{Client, handle, operation};
///
/// /// Show a person.
/// #[operation(id = "get-person", get = "/v1/teams/{team}/people/{person}", host = Cloud, output = String)]
/// pub struct GetPerson {
///     /// The team.
///     #[path]
///     team: u64,
///     /// The person.
///     #[path]
///     person: u64,
/// }
///
/// handle! {
///     /// The people of one team.
///     People(team: u64) {
///         /// Reads one person.
///         fn get(person: u64) -> Call<GetPerson>;
///     }
/// }
/// # fn use_it(client: Client) { let _ = People::new(client, 7).get(8); }
/// ```
#[macro_export]
macro_rules! handle {
    ($(#[$docs:meta])* $name:ident $shared:tt {
        $($(#[$method_docs:meta])* fn $method:ident($($argument:ident: $ty:ty),* $(,)?)
            -> $kind:ident $(<$operation:ident>)?;)*
    }) => {
        $crate::handle!(@definition [$(#[$docs])*] $name $shared);

        impl $name {
            $(
                $(#[$method_docs])*
                pub fn $method(&self, $($argument: $ty),*) -> $crate::handle!(@type $kind $($operation)?) {
                    $crate::handle!(@made self $shared $kind $($operation)?; $($argument),*)
                }
            )*
        }
    };
    (@definition [$($docs:tt)*] $name:ident ($($shared:ident: $ty:ty),*)) => {
        $($docs)*
        #[derive(Clone, Debug)]
        pub struct $name {
            pub(crate) client: $crate::Client,
            $(pub(crate) $shared: $ty),*
        }

        impl $name {
            /// Makes it of a client, and of what all of its methods share.
            pub fn new(client: $crate::Client, $($shared: $ty),*) -> Self {
                Self { client, $($shared),* }
            }
        }
    };
    (@type Call $operation:ident) => { $crate::Call<$operation> };
    (@type List $operation:ident) => { $crate::List<$operation> };
    (@type Start $operation:ident) => { $crate::Start<$operation> };
    (@type Poller $operation:ident) => { $crate::Poller<$operation> };
    (@type $handle:ident) => { $handle };
    (@made $self:ident $shared:tt Call $operation:ident; $($argument:ident),*) => {
        $self.client.call($crate::handle!(@new $self $shared $operation; $($argument),*))
    };
    (@made $self:ident $shared:tt List $operation:ident; $($argument:ident),*) => {
        $self.client.list($crate::handle!(@new $self $shared $operation; $($argument),*))
    };
    (@made $self:ident $shared:tt Start $operation:ident; $($argument:ident),*) => {
        $self.client.start($crate::handle!(@new $self $shared $operation; $($argument),*))
    };
    (@made $self:ident $shared:tt Poller $operation:ident; $($argument:ident),*) => {
        $self.client.poller($crate::handle!(@new $self $shared $operation; $($argument),*))
    };
    (@made $self:ident ($($shared:ident: $ty:ty),*) $handle:ident; $($argument:ident),*) => {
        $handle::new($self.client.clone(), $(::core::clone::Clone::clone(&$self.$shared),)* $($argument),*)
    };
    (@new $self:ident ($($shared:ident: $ty:ty),*) $operation:ident; $($argument:ident),*) => {
        $operation::new($(::core::clone::Clone::clone(&$self.$shared),)* $($argument),*)
    };
}
