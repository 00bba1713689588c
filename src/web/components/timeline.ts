/** Steps in order, with who did each and when. The words say what is done; the dots only help. */
import { type Html, html, nothing } from '../html.ts'

export interface TimelineStep {
  readonly label: string
  /** In words, for who does not see the dot. */
  readonly status: string
  readonly state: 'done' | 'current' | 'later'
  readonly detail?: Html
}

export const timeline = (
  label: string,
  steps: readonly TimelineStep[],
): Html => html`<ol class="timeline" aria-label="${label}">
!${steps.map(
  step => html`<li class="step-${step.state}"!${step.state === 'current' ? html` aria-current="step"` : nothing}>
<span class="step-label">${step.label}</span><span class="visually-hidden">: ${step.status}</span>
!${step.detail ? html`<span class="step-detail">!${step.detail}</span>` : nothing}</li>`,
)}</ol>`
