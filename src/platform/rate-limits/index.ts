/** How often somebody may do something: see limits.ts. */
export { type Allowance, forgetCounts, noRateLimits, type RateLimits, rateLimits } from './counter.ts'
export { type Limit, type LimitName, type Limits, limits, type Subject } from './limits.ts'
export { costlyWith, limitByOrigin, limitByWho } from './register.ts'
