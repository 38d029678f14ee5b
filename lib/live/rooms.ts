/** Who is told of what, by the names of Socket.IO's rooms. */
export const roomOf = (binId: string) => `bin:${binId}`;
export const tokenRoomOf = (tokenId: string) => `token:${tokenId}`;
export const sessionRoomOf = (sessionId: string) => `session:${sessionId}`;
export const sharedRoomOf = (shareId: string) => `share:${shareId}`;
